package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpViewTest {
  private static final String FIXED = "80e01234 01020304 deadbeef";

  private final RtpView view = new RtpView();

  @Test
  void readsTheFixedHeader() {
    assertTrue(view.wrap(Packets.ofHex(FIXED + "aabbcc")));
    assertTrue(view.marker());
    assertEquals(96, view.payloadType());
    assertEquals(0x1234, view.sequenceNumber());
    assertEquals(0x01020304, view.timestamp());
    assertEquals(0xdeadbeef, view.ssrc());
    assertEquals(12, view.headerLength());
    assertEquals(12, view.payloadOffset());
    assertEquals(3, view.payloadLength());
    assertEquals(0, view.paddingLength());
    assertEquals(RtpView.ABSENT, view.extensionOffset(1));
  }

  @Test
  void writesWhatItReads() {
    PacketBuffer packet = Packets.ofHex(FIXED);
    assertTrue(view.wrap(packet));
    view.marker(false);
    view.payloadType(111);
    view.sequenceNumber(0x1ffff);
    view.timestamp(7);
    view.ssrc(9);
    assertEquals("806fffff0000000700000009", Packets.hex(packet));
    view.marker(true);
    assertEquals(111, view.payloadType());
    assertTrue(view.marker());
  }

  @Test
  void skipsContributingSourcesAndPadding() {
    assertTrue(view.wrap(Packets.ofHex("a2600001 00000000 00000001 00000002 00000003 aa 000003")));
    assertEquals(20, view.headerLength());
    assertEquals(1, view.payloadLength());
    assertEquals(3, view.paddingLength());
  }

  @Test
  void acceptsAPacketThatIsOnlyPadding() {
    assertTrue(view.wrap(Packets.ofHex("a0600001 00000000 00000001 000003")));
    assertEquals(0, view.payloadLength());
  }

  @Test
  void findsOneByteElements() {
    assertTrue(
        view.wrap(Packets.ofHex("9060000100000000 00000001 bede0002 10aa 00 21bbcc 0000 77")));
    assertEquals(17, view.extensionOffset(1));
    assertEquals(1, view.extensionLength(1));
    assertEquals(20, view.extensionOffset(2));
    assertEquals(2, view.extensionLength(2));
    assertEquals(RtpView.ABSENT, view.extensionOffset(3));
    assertEquals(RtpView.ABSENT, view.extensionLength(3));
    assertEquals(24, view.payloadOffset());
  }

  @Test
  void findsTwoByteElementsWhateverTheAppBits() {
    assertTrue(
        view.wrap(
            Packets.ofHex("9060000100000000 00000001 1007 0003 0a00 00 c801aa 0b020102 000000")));
    assertEquals(18, view.extensionOffset(10));
    assertEquals(0, view.extensionLength(10));
    assertEquals(21, view.extensionOffset(200));
    assertEquals(1, view.extensionLength(200));
    assertEquals(2, view.extensionLength(11));
  }

  @Test
  void stopsAtTheReservedIdAndAtElementsThatOverrun() {
    assertTrue(view.wrap(Packets.ofHex("9060000100000000 00000001 bede0001 f0aa 10bb")));
    assertEquals(RtpView.ABSENT, view.extensionOffset(15));
    assertEquals(RtpView.ABSENT, view.extensionOffset(1));
    assertTrue(view.wrap(Packets.ofHex("9060000100000000 00000001 bede0001 0310bb00")));
    assertEquals(RtpView.ABSENT, view.extensionOffset(1));
    assertTrue(view.wrap(Packets.ofHex("9060000100000000 00000001 bede0001 10aa2faa")));
    assertEquals(17, view.extensionOffset(1));
    assertEquals(RtpView.ABSENT, view.extensionOffset(2));
    assertTrue(view.wrap(Packets.ofHex("9060000100000000 00000001 10000001 00000005")));
    assertEquals(RtpView.ABSENT, view.extensionOffset(5));
  }

  @Test
  void carriesExtensionsOfOtherProfilesUnread() {
    assertTrue(view.wrap(Packets.ofHex("9060000100000000 00000001 abcd0001 10aa0000 55")));
    assertEquals(RtpView.ABSENT, view.extensionOffset(1));
    assertEquals(1, view.payloadLength());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80600001 00000000 000000", // short
        "40600001 00000000 00000001", // version 1
        "81600001 00000000 00000001 000000", // CSRC past the end
        "90600001 00000000 00000001", // no extension header
        "90600001 00000000 00000001 bede0001 000000", // extension past the end
        "a0600001 00000000 00000001", // padding bit and nothing to count it
        "a0600001 00000000 00000001 00", // padding of zero
        "a0600001 00000000 00000001 000004" // more padding than bytes
      })
  void refusesWhatReachesPastThePacket(String hex) {
    assertFalse(view.wrap(Packets.ofHex(hex)));
  }

  @Test
  void tellsRtpFromRtcpWithoutDecrypting() {
    PacketBuffer rtp = Packets.ofHex(FIXED);
    assertTrue(RtpView.looksLikeRtp(rtp.bytes(), rtp.length()));
    assertEquals(0x1234, RtpView.peekSequenceNumber(rtp.bytes()));
    assertEquals(96, RtpView.peekPayloadType(rtp.bytes()));
    assertEquals(0xdeadbeef, RtpView.peekSsrc(rtp.bytes()));
    PacketBuffer rtcp = Packets.ofHex("80c80006 01020304 05060708");
    assertFalse(RtpView.looksLikeRtp(rtcp.bytes(), rtcp.length()));
  }
}
