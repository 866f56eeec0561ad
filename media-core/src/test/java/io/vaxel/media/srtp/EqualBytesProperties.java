package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaxel.media.packet.PacketBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Both engines give equal bytes and equal results, whatever is sent and in whatever order. */
class EqualBytesProperties {
  private static final int[] SOURCES = {1, 0x80000001, 0xCAFEBABE};

  private final SrtpEngine libcrypto = SrtpEngines.named("libcrypto");
  private final SrtpEngine jitsi = SrtpEngines.named("jitsi");

  @Property(tries = 150)
  void rtp(@ForAll SrtpProfile profile, @ForAll long seed) {
    Random random = new Random(seed);
    SrtpKeys keys = Packets.keys(profile, seed);
    int[] next = new int[SOURCES.length];
    Arrays.setAll(next, i -> random.nextInt(0x10000));
    try (SrtpSender one = libcrypto.sender(keys);
        SrtpSender other = jitsi.sender(keys);
        SrtpReceiver oneReceiver = libcrypto.receiver(keys);
        SrtpReceiver otherReceiver = jitsi.receiver(keys)) {
      for (int i = 0; i < 60; i++) {
        int source = random.nextInt(SOURCES.length);
        byte[] packet = Packets.randomRtp(random, SOURCES[source], next[source]);
        byte[] srtp = Packets.protect(one, packet);
        assertArrayEquals(srtp, Packets.protect(other, packet));
        damageSometimes(random, srtp);

        PacketBuffer first = Packets.buffer(srtp);
        PacketBuffer second = Packets.buffer(srtp);
        SrtpResult result = oneReceiver.unprotect(first);
        assertEquals(result, otherReceiver.unprotect(second));
        if (result == SrtpResult.OK) {
          assertArrayEquals(packet, first.toByteArray());
          assertArrayEquals(packet, second.toByteArray());
        }
        next[source] += result == SrtpResult.OK ? step(random) : 1;
      }
    }
  }

  @Property(tries = 100)
  void rtcp(@ForAll SrtpProfile profile, @ForAll long seed) {
    Random random = new Random(seed);
    SrtpKeys keys = Packets.keys(profile, seed);
    try (SrtpSender one = libcrypto.sender(keys);
        SrtpSender other = jitsi.sender(keys);
        SrtpReceiver oneReceiver = libcrypto.receiver(keys);
        SrtpReceiver otherReceiver = jitsi.receiver(keys)) {
      for (int i = 0; i < 40; i++) {
        byte[] packet = Packets.randomRtcp(random, SOURCES[random.nextInt(SOURCES.length)]);
        byte[] srtcp = Packets.protectRtcp(one, packet);
        assertArrayEquals(srtcp, Packets.protectRtcp(other, packet));
        damageSometimes(random, srtcp);

        for (int delivery = 0; delivery < 2; delivery++) {
          PacketBuffer first = Packets.buffer(srtcp);
          PacketBuffer second = Packets.buffer(srtcp);
          SrtpResult result = oneReceiver.unprotectRtcp(first);
          assertEquals(result, otherReceiver.unprotectRtcp(second));
          if (result == SrtpResult.OK) {
            assertArrayEquals(packet, first.toByteArray());
            assertArrayEquals(packet, second.toByteArray());
          }
        }
      }
    }
  }

  /**
   * Mostly the next number; sometimes the same, one within both replay windows, or far ahead. Not
   * after a packet that was refused: two leaps in a row look like a step back to a receiver, into
   * our replay window of 1,024 and beyond that of jitsi-srtp, which is 64.
   */
  private static int step(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> -random.nextInt(8);
      case 1 -> random.nextInt(32768);
      default -> 1;
    };
  }

  private static void damageSometimes(Random random, byte[] packet) {
    if (random.nextInt(10) == 0) {
      // Behind the fixed header: its source and number say which state is asked.
      int at = 12 + random.nextInt(packet.length - 12);
      packet[at] ^= (byte) (1 << random.nextInt(8));
    }
  }
}
