package io.vaxel.media.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StunProperties {
  @Property(tries = 300)
  void whatIsWrittenIsRead(
      @ForAll int idHigh,
      @ForAll long idLow,
      @ForAll @Size(max = 40) byte[] name,
      @ForAll @IntRange(min = 0, max = Integer.MAX_VALUE) int priority,
      @ForAll long tieBreaker,
      @ForAll @Size(min = 16, max = 16) byte[] address,
      @ForAll boolean ipv6,
      @ForAll @IntRange(max = 65535) int port,
      @ForAll @Size(min = 1, max = 80) byte[] key)
      throws UnknownHostException {
    InetSocketAddress mapped =
        new InetSocketAddress(
            InetAddress.getByAddress(ipv6 ? address : Arrays.copyOf(address, 4)), port);
    StunIntegrity integrity = new StunIntegrity(key);
    PacketBuffer packet = PacketBuffer.allocate();
    new StunWriter()
        .begin(packet, Stun.BINDING_REQUEST, idHigh, idLow)
        .attribute(Stun.USERNAME, name)
        .priority(priority)
        .iceControlling(tieBreaker)
        .useCandidate()
        .xorMappedAddress(mapped)
        .integrity(integrity)
        .fingerprint();

    StunMessage message = Messages.read(packet);
    assertEquals(idHigh, message.transactionIdHigh());
    assertEquals(idLow, message.transactionIdLow());
    assertTrue(message.usernameIs(name));
    assertEquals(priority, message.priority());
    assertEquals(tieBreaker, packet.bytes().getLong(message.attribute(Stun.ICE_CONTROLLING)));
    assertTrue(message.has(Stun.USE_CANDIDATE));
    // An IPv4-mapped IPv6 address turns into IPv4 inside the JDK; compare what was asked for.
    InetSocketAddress read = message.xorMappedAddress();
    assertTrue(read != null);
    assertArrayEquals(mapped.getAddress().getAddress(), read.getAddress().getAddress());
    assertEquals(port, read.getPort());
    assertTrue(integrity.verifies(message));
  }

  @Property(tries = 500)
  void anyBytesAreAcceptedOrRefusedWithoutAnException(@ForAll @Size(max = 300) byte[] body) {
    byte[] framed = new byte[Stun.HEADER_LENGTH + (body.length & ~3)];
    PacketBuffer packet = Messages.packet(framed);
    packet.bytes().putInt(0, Stun.BINDING_REQUEST << 16 | (framed.length - 20));
    packet.bytes().putInt(4, Stun.MAGIC_COOKIE);
    packet.bytes().put(20, body, 0, framed.length - 20);
    StunFuzz.readEverything(packet);
  }
}
