package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaxel.media.packet.PacketBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What both engines do alike, under every profile. */
class SrtpEnginesTest {
  private static final int SSRC = 0x11223344;

  static Stream<Arguments> all() {
    return Stream.of("libcrypto", "jitsi")
        .flatMap(
            name ->
                Arrays.stream(SrtpProfile.values())
                    .map(
                        profile ->
                            Arguments.of(SrtpEngines.named(name), Packets.keys(profile, 7))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void protectionAddsTheOverheadOfItsProfile(SrtpEngine engine, SrtpKeys keys) {
    try (SrtpSender sender = engine.sender(keys)) {
      assertEquals(
          112 + keys.profile().rtpOverhead(),
          Packets.protect(sender, Packets.rtp(SSRC, 1, 100)).length);
      assertEquals(
          8 + keys.profile().rtcpOverhead(), Packets.protectRtcp(sender, receiverReport()).length);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aPacketIsAcceptedOnce(SrtpEngine engine, SrtpKeys keys) {
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys)) {
      byte[] srtp = Packets.protect(sender, Packets.rtp(SSRC, 1, 100));
      byte[] srtcp = Packets.protectRtcp(sender, receiverReport());

      assertEquals(SrtpResult.OK, Packets.unprotect(receiver, srtp));
      assertEquals(SrtpResult.REPLAYED, Packets.unprotect(receiver, srtp));
      assertEquals(SrtpResult.OK, Packets.unprotectRtcp(receiver, srtcp));
      assertEquals(SrtpResult.REPLAYED, Packets.unprotectRtcp(receiver, srtcp));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyBitOfAPacketIsAuthenticated(SrtpEngine engine, SrtpKeys keys) {
    byte[] plain = Packets.rtp(SSRC, 1, 20);
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys)) {
      byte[] srtp = Packets.protect(sender, plain);
      for (int bit = 2; bit < 8 * srtp.length; bit++) { // the first two are the version
        byte[] changed = srtp.clone();
        changed[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
        SrtpResult result = Packets.unprotect(receiver, changed);
        // Counts of sources and the extension bit can make the header longer than the packet.
        assertEquals(
            true,
            result == SrtpResult.NOT_AUTHENTIC || (bit < 8 && result == SrtpResult.MALFORMED));
      }
      PacketBuffer buffer = Packets.buffer(srtp);
      assertEquals(SrtpResult.OK, receiver.unprotect(buffer));
      assertArrayEquals(plain, buffer.toByteArray());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyBitOfAnRtcpPacketIsAuthenticated(SrtpEngine engine, SrtpKeys keys) {
    byte[] plain = receiverReport();
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys)) {
      byte[] srtcp = Packets.protectRtcp(sender, plain);
      for (int bit = 2; bit < 8 * srtcp.length; bit++) {
        byte[] changed = srtcp.clone();
        changed[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
        assertEquals(SrtpResult.NOT_AUTHENTIC, Packets.unprotectRtcp(receiver, changed));
      }
      PacketBuffer buffer = Packets.buffer(srtcp);
      assertEquals(SrtpResult.OK, receiver.unprotectRtcp(buffer));
      assertArrayEquals(plain, buffer.toByteArray());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void anotherKeyDoesNotFit(SrtpEngine engine, SrtpKeys keys) {
    try (SrtpSender sender = engine.sender(Packets.keys(keys.profile(), 8));
        SrtpReceiver receiver = engine.receiver(keys)) {
      byte[] srtp = Packets.protect(sender, Packets.rtp(SSRC, 1, 100));
      byte[] srtcp = Packets.protectRtcp(sender, receiverReport());

      assertEquals(SrtpResult.NOT_AUTHENTIC, Packets.unprotect(receiver, srtp));
      assertEquals(SrtpResult.NOT_AUTHENTIC, Packets.unprotectRtcp(receiver, srtcp));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aForgedPacketFarAheadDoesNotMoveTheRolloverCounter(SrtpEngine engine, SrtpKeys keys) {
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys)) {
      byte[] last = Packets.protect(sender, Packets.rtp(SSRC, 0xFFFF, 10));
      byte[] first = Packets.protect(sender, Packets.rtp(SSRC, 0, 10));
      byte[] forged = Packets.rtp(SSRC, 0x7000, 40);

      assertEquals(SrtpResult.NOT_AUTHENTIC, Packets.unprotect(receiver, forged));
      assertEquals(SrtpResult.OK, Packets.unprotect(receiver, last));
      assertEquals(SrtpResult.NOT_AUTHENTIC, Packets.unprotect(receiver, forged));
      assertEquals(SrtpResult.OK, Packets.unprotect(receiver, first));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void sourcesAreBounded(SrtpEngine engine, SrtpKeys keys) {
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys, 2)) {
      for (int ssrc = 1; ssrc <= 2; ssrc++) {
        byte[] srtp = Packets.protect(sender, Packets.rtp(ssrc, 1, 10));
        assertEquals(SrtpResult.OK, Packets.unprotect(receiver, srtp));
      }
      byte[] third = Packets.protect(sender, Packets.rtp(3, 1, 10));
      byte[] forged = Packets.rtp(4, 1, 40);
      byte[] known = Packets.protect(sender, Packets.rtp(1, 2, 10));

      assertEquals(SrtpResult.TOO_MANY_STREAMS, Packets.unprotect(receiver, third));
      assertEquals(SrtpResult.NOT_AUTHENTIC, Packets.unprotect(receiver, forged));
      assertEquals(SrtpResult.OK, Packets.unprotect(receiver, known));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void unauthenticSourcesTakeNoRoom(SrtpEngine engine, SrtpKeys keys) {
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys, 1)) {
      for (int ssrc = 100; ssrc < 110; ssrc++) {
        Packets.unprotect(receiver, Packets.rtp(ssrc, 1, 40));
        Packets.unprotectRtcp(receiver, Packets.rtp(1, ssrc, 40));
      }
      assertEquals(
          SrtpResult.OK,
          Packets.unprotect(receiver, Packets.protect(sender, Packets.rtp(SSRC, 1, 10))));
      assertEquals(
          SrtpResult.OK,
          Packets.unprotectRtcp(receiver, Packets.protectRtcp(sender, receiverReport())));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSenderRefusesOneSourceTooMany(SrtpEngine engine, SrtpKeys keys) {
    try (SrtpSender sender = engine.sender(keys, 1)) {
      Packets.protect(sender, Packets.rtp(1, 1, 10));
      byte[] plain = Packets.rtp(2, 1, 10);
      PacketBuffer packet = Packets.buffer(plain);

      assertThrows(IllegalStateException.class, () -> sender.protect(packet));
      assertArrayEquals(plain, packet.toByteArray());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSenderRefusesWhatIsNoPacketOrHasNoRoom(SrtpEngine engine, SrtpKeys keys) {
    byte[] extensionBeyondTheEnd = Packets.rtp(SSRC, 1, 4);
    extensionBeyondTheEnd[0] |= 0x10;
    extensionBeyondTheEnd[15] = 1;
    try (SrtpSender sender = engine.sender(keys)) {
      for (byte[] bad :
          List.of(
              new byte[0],
              new byte[11],
              new byte[12],
              extensionBeyondTheEnd,
              Packets.rtp(SSRC, 1, PacketBuffer.CAPACITY - 12 - 9))) {
        PacketBuffer packet = Packets.buffer(bad);
        assertThrows(IllegalArgumentException.class, () -> sender.protect(packet));
        assertArrayEquals(bad, packet.toByteArray());
      }
      for (byte[] bad :
          List.of(new byte[7], new byte[8], Packets.rtp(1, 1, PacketBuffer.CAPACITY - 12 - 13))) {
        PacketBuffer packet = Packets.buffer(bad);
        assertThrows(IllegalArgumentException.class, () -> sender.protectRtcp(packet));
        assertArrayEquals(bad, packet.toByteArray());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theGreatestPacketThatFitsGoesThrough(SrtpEngine engine, SrtpKeys keys) {
    byte[] plain = Packets.rtp(SSRC, 1, PacketBuffer.CAPACITY - 12 - keys.profile().rtpOverhead());
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys)) {
      PacketBuffer packet = Packets.buffer(plain);
      sender.protect(packet);
      assertEquals(PacketBuffer.CAPACITY, packet.length());
      assertEquals(SrtpResult.OK, receiver.unprotect(packet));
      assertArrayEquals(plain, packet.toByteArray());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aReceiverCallsShortPacketsMalformed(SrtpEngine engine, SrtpKeys keys) {
    byte[] rtp = Packets.rtp(SSRC, 1, 100);
    byte[] sources = Packets.rtp(SSRC, 1, 60);
    sources[0] |= 0x0F;
    try (SrtpReceiver receiver = engine.receiver(keys)) {
      for (int length = 0; length < 12 + keys.profile().rtpOverhead(); length++) {
        assertEquals(SrtpResult.MALFORMED, Packets.unprotect(receiver, Arrays.copyOf(rtp, length)));
      }
      for (int length = 0; length < 8 + keys.profile().rtcpOverhead(); length++) {
        assertEquals(
            SrtpResult.MALFORMED, Packets.unprotectRtcp(receiver, Arrays.copyOf(rtp, length)));
      }
      assertEquals(
          SrtpResult.MALFORMED,
          Packets.unprotect(
              receiver, Arrays.copyOf(sources, 12 + 60 + keys.profile().rtpOverhead() - 1)));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsClosedIsNotUsed(SrtpEngine engine, SrtpKeys keys) {
    SrtpSender sender = engine.sender(keys);
    SrtpReceiver receiver = engine.receiver(keys);
    byte[] srtp = Packets.protect(sender, Packets.rtp(SSRC, 1, 10));
    byte[] srtcp = Packets.protectRtcp(sender, receiverReport());
    sender.close();
    sender.close();
    receiver.close();
    receiver.close();

    byte[] plain = Packets.rtp(SSRC, 2, 10);
    assertThrows(IllegalStateException.class, () -> Packets.protect(sender, plain));
    byte[] report = receiverReport();
    assertThrows(IllegalStateException.class, () -> Packets.protectRtcp(sender, report));
    assertThrows(IllegalStateException.class, () -> Packets.unprotect(receiver, srtp));
    assertThrows(IllegalStateException.class, () -> Packets.unprotectRtcp(receiver, srtcp));
  }

  @Test
  void nothingNativeStaysOpen() {
    LibcryptoEngine engine = new LibcryptoEngine();
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpKeys keys = Packets.keys(profile, 1);
      SrtpSender sender = engine.sender(keys);
      SrtpReceiver receiver = engine.receiver(keys);
      assertEquals(4, engine.openContexts());
      sender.close();
      sender.close();
      assertEquals(2, engine.openContexts());
      receiver.close();
      assertEquals(0, engine.openContexts());
    }
  }

  @Test
  void enginesAreFoundByName() {
    assertEquals("libcrypto", SrtpEngines.named("libcrypto").name());
    assertEquals("jitsi", SrtpEngines.named("jitsi").name());
    assertEquals("libcrypto", SrtpEngines.best().name());
    assertThrows(IllegalArgumentException.class, () -> SrtpEngines.named("rot13"));
  }

  @Test
  void profilesAreFoundByTheirDtlsIdentifier() {
    assertEquals(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.ofDtlsId(7));
    assertEquals(SrtpProfile.AEAD_AES_256_GCM, SrtpProfile.ofDtlsId(8));
    assertEquals(SrtpProfile.AES128_CM_SHA1_80, SrtpProfile.ofDtlsId(1));
    assertNull(SrtpProfile.ofDtlsId(2));
  }

  @Test
  void keysAreCheckedCopiedAndNotPrinted() {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) 0x5A);
    SrtpKeys keys = new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, key, new byte[12]);
    key[0] = 0;

    assertEquals(0x5A, keys.masterKey()[0]);
    assertFalse(keys.toString().contains("90") || keys.toString().contains("5a"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SrtpKeys(SrtpProfile.AEAD_AES_256_GCM, key, new byte[12]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SrtpKeys(SrtpProfile.AES128_CM_SHA1_80, key, new byte[12]));
  }

  private static byte[] receiverReport() {
    return Packets.hex("80c9000111223344");
  }
}
