package io.vaxel.media.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;

class StunMessageTest {
  private final StunIntegrity integrity = StunIntegrity.shortTerm(Messages.PASSWORD);

  @Test
  void readsTheSampleRequestOfRfc5769() {
    StunMessage message = Messages.read(Messages.packet(Messages.REQUEST));
    assertEquals(Stun.BINDING_REQUEST, message.type());
    assertEquals(0, message.messageClass());
    assertEquals(1, message.method());
    assertEquals(0xb7e7a701, message.transactionIdHigh());
    assertEquals(0xbc34d686fa87dfaeL, message.transactionIdLow());
    assertEquals("STUN test client", message.text(Stun.SOFTWARE));
    assertEquals("evtj:h6vY", message.text(Stun.USERNAME));
    assertEquals(0x6e0001ffL, message.priority());
    assertTrue(message.has(Stun.ICE_CONTROLLED));
    assertTrue(message.has(Stun.FINGERPRINT));
    assertFalse(message.has(Stun.USE_CANDIDATE));
    assertTrue(integrity.verifies(message));
    assertFalse(StunIntegrity.shortTerm("VOkJxbRl1RmTxUk/WvJxBx").verifies(message));
  }

  @Test
  void readsTheSampleResponsesOfRfc5769() {
    StunMessage ipv4 = Messages.read(Messages.packet(Messages.IPV4_RESPONSE));
    assertEquals(Stun.BINDING_SUCCESS, ipv4.type());
    assertEquals(2, ipv4.messageClass());
    assertEquals(new InetSocketAddress("192.0.2.1", 32853), ipv4.xorMappedAddress());
    assertTrue(integrity.verifies(ipv4));

    StunMessage ipv6 = Messages.read(Messages.packet(Messages.IPV6_RESPONSE));
    assertEquals(
        new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853),
        ipv6.xorMappedAddress());
    assertTrue(integrity.verifies(ipv6));
  }

  @Test
  void readsTheLongTermRequestOfRfc5769() throws NoSuchAlgorithmException {
    StunMessage message = Messages.read(Messages.packet(Messages.LONG_TERM_REQUEST));
    assertEquals("マトリックス", message.text(Stun.USERNAME));
    assertEquals("example.org", message.text(Stun.REALM));
    assertFalse(message.has(Stun.FINGERPRINT));
    byte[] key =
        MessageDigest.getInstance("MD5")
            .digest("マトリックス:example.org:TheMatrIX".getBytes(StandardCharsets.UTF_8));
    assertTrue(new StunIntegrity(key).verifies(message));
  }

  @Test
  void readsAtAnOffset() {
    PacketBuffer packet = PacketBuffer.allocate();
    packet.bytes().put(37, Messages.REQUEST);
    StunMessage message = new StunMessage();
    assertTrue(message.wrap(packet.bytes(), 37, Messages.REQUEST.length));
    assertTrue(integrity.verifies(message));
    assertEquals("evtj:h6vY", message.text(Stun.USERNAME));
  }

  @Test
  void refusesEveryTruncationAndEveryWrongBit() {
    StunMessage message = new StunMessage();
    for (int length = 0; length < Messages.REQUEST.length; length++) {
      assertFalse(message.wrap(Messages.packet(Messages.REQUEST).bytes(), 0, length));
    }
    for (int bit = 0; bit < Messages.REQUEST.length * 8; bit++) {
      byte[] damaged = Messages.REQUEST.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      boolean accepted = message.wrap(Messages.packet(damaged).bytes(), 0, damaged.length);
      // Without a FINGERPRINT to check, integrity is what notices.
      assertFalse(accepted && message.has(Stun.FINGERPRINT) && integrity.verifies(message));
    }
  }

  @Test
  void doesNotCountWhatFollowsTheIntegrity() {
    PacketBuffer packet = PacketBuffer.allocate();
    new StunWriter()
        .begin(packet, Stun.BINDING_REQUEST, 1, 2)
        .attribute(Stun.USERNAME, "a:b".getBytes(StandardCharsets.US_ASCII))
        .integrity(integrity)
        .useCandidate()
        .fingerprint();
    StunMessage message = Messages.read(packet);
    assertFalse(message.has(Stun.USE_CANDIDATE));
    assertTrue(message.has(Stun.FINGERPRINT));
    assertTrue(integrity.verifies(message));
  }

  @Test
  void refusesAttributesOfTheWrongLengthAndAFingerprintThatIsNotLast() {
    PacketBuffer packet = PacketBuffer.allocate();
    StunWriter writer = new StunWriter();
    StunMessage message = new StunMessage();
    writer.begin(packet, Stun.BINDING_REQUEST, 1, 2).attribute(Stun.PRIORITY, new byte[3]);
    assertFalse(message.wrap(packet.bytes(), 0, packet.length()));
    writer.begin(packet, Stun.BINDING_REQUEST, 1, 2).attribute(Stun.USERNAME, new byte[514]);
    assertFalse(message.wrap(packet.bytes(), 0, packet.length()));
    writer.begin(packet, Stun.BINDING_REQUEST, 1, 2).fingerprint().useCandidate();
    assertFalse(message.wrap(packet.bytes(), 0, packet.length()));
  }

  @Test
  void collectsUnknownAttributesUpToTheLimit() {
    PacketBuffer packet = PacketBuffer.allocate();
    StunWriter writer = new StunWriter().begin(packet, Stun.BINDING_REQUEST, 1, 2);
    for (int i = 0; i < 20; i++) {
      writer.attribute(0x4000 + i, new byte[0]).attribute(0xC000 + i, new byte[0]);
    }
    StunMessage message = Messages.read(packet);
    assertEquals(StunMessage.MAX_UNKNOWN, message.unknownAttributeCount());
    assertEquals(0x4007, message.unknownAttribute(7));
  }

  @Test
  void findsOurFragmentOnlyWhenItHasOurLength() {
    assertEquals(IceCredentials.ufragKey("abcdEFGH"), keyOf("abcdEFGH:x"));
    assertEquals(0, keyOf("abcdEFG:x"));
    assertEquals(0, keyOf("abcdEFGHi:x"));
    assertEquals(0, keyOf("abcdEFGH"));
    assertEquals(0, Messages.read(Messages.packet(Messages.IPV4_RESPONSE)).localUfragKey());
  }

  private static long keyOf(String username) {
    PacketBuffer packet = PacketBuffer.allocate();
    new StunWriter()
        .begin(packet, Stun.BINDING_REQUEST, 1, 2)
        .attribute(Stun.USERNAME, username.getBytes(StandardCharsets.US_ASCII));
    return Messages.read(packet).localUfragKey();
  }

  @Test
  void writesTheSampleResponseOfRfc5769ByteForByte() {
    PacketBuffer packet = PacketBuffer.allocate();
    StunWriter writer = new StunWriter();
    writer
        .begin(packet, Stun.BINDING_SUCCESS, 0xb7e7a701, 0xbc34d686fa87dfaeL)
        .attribute(Stun.SOFTWARE, "test vector".getBytes(StandardCharsets.US_ASCII));
    packet.bytes().put(packet.length() - 1, (byte) ' '); // the vector pads with a blank
    writer
        .xorMappedAddress(new InetSocketAddress("192.0.2.1", 32853))
        .integrity(integrity)
        .fingerprint();
    assertArrayEquals(Messages.IPV4_RESPONSE, packet.toByteArray());
  }

  @Test
  void anErrorHasItsCodeAndNoMappedAddress() {
    PacketBuffer packet = PacketBuffer.allocate();
    new StunWriter()
        .begin(packet, Stun.BINDING_ERROR, 1, 2)
        .errorCode(Stun.ROLE_CONFLICT)
        .fingerprint();
    StunMessage message = Messages.read(packet);
    assertEquals(3, message.messageClass());
    assertEquals(487, message.errorCode());
    assertNull(message.xorMappedAddress());
    assertEquals(-1, message.priority());
  }
}
