package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaxel.media.packet.PacketBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Receivers against a plain model of RFC 3711 section 3.3: streams that wrap several times, with
 * loss, reordering, duplicates and several sources.
 */
class ReceiverModelProperties {
  // Never compared: the arrays' identity as equality does no harm.
  @SuppressWarnings("ArrayRecordComponent")
  private record Sent(int ssrc, long index, byte[] plain, byte[] srtp) {}

  /** Every index ever accepted, and the newest; nothing is clever here. */
  private static final class Model {
    private final int window;
    private final Map<Integer, Set<Long>> accepted = new HashMap<>();
    private final Map<Integer, Long> newest = new HashMap<>();

    Model(int window) {
      this.window = window;
    }

    SrtpResult receive(Sent packet) {
      long sequenceNumber = packet.index & 0xFFFF;
      Long highest = newest.get(packet.ssrc);
      long estimate = sequenceNumber;
      if (highest != null) {
        estimate = nearest(highest, sequenceNumber);
        boolean seen = accepted.getOrDefault(packet.ssrc, Set.of()).contains(estimate);
        if (seen || estimate <= highest - window) {
          return SrtpResult.REPLAYED;
        }
      }
      if (estimate != packet.index) {
        return SrtpResult.NOT_AUTHENTIC;
      }
      accepted.computeIfAbsent(packet.ssrc, ssrc -> new HashSet<>()).add(estimate);
      newest.merge(packet.ssrc, estimate, Math::max);
      return SrtpResult.OK;
    }

    /** The same rollover counter, unless that before or after it gives a nearer index. */
    private static long nearest(long highest, long sequenceNumber) {
      long best = (highest & ~0xFFFFL) | sequenceNumber;
      for (long candidate : new long[] {best - 0x10000, best + 0x10000}) {
        if (Math.abs(candidate - highest) < Math.abs(best - highest)) {
          best = candidate;
        }
      }
      return best;
    }
  }

  @Property(tries = 200)
  void libcryptoAcceptsWhatTheModelAccepts(
      @ForAll SrtpProfile profile, @ForAll long seed, @ForAll @IntRange(max = 2500) int disorder) {
    check(SrtpEngines.named("libcrypto"), ReplayWindow.SIZE, profile, seed, disorder);
  }

  @Property(tries = 50)
  void jitsiAcceptsWhatTheModelAccepts(
      @ForAll SrtpProfile profile, @ForAll long seed, @ForAll @IntRange(max = 200) int disorder) {
    check(SrtpEngines.named("jitsi"), 64, profile, seed, disorder);
  }

  private static void check(
      SrtpEngine engine, int window, SrtpProfile profile, long seed, int disorder) {
    Random random = new Random(seed);
    SrtpKeys keys = Packets.keys(profile, seed);
    Model model = new Model(window);
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys)) {
      for (Sent packet : shuffled(send(sender, random), disorder, random)) {
        PacketBuffer buffer = Packets.buffer(packet.srtp);
        SrtpResult expected = model.receive(packet);
        assertEquals(expected, receiver.unprotect(buffer));
        if (expected == SrtpResult.OK) {
          assertArrayEquals(packet.plain, buffer.toByteArray());
        }
      }
    }
  }

  /** Runs of packets with leaps between them, over three wraps or so. */
  private static List<Sent> send(SrtpSender sender, Random random) {
    List<Sent> sent = new ArrayList<>();
    int sources = 1 + random.nextInt(3);
    long[] next = new long[sources];
    for (int i = 0; i < sources; i++) {
      next[i] = random.nextBoolean() ? random.nextInt(0x10000) : 0xFFFF - random.nextInt(20);
    }
    for (int i = 0; i < 300; i++) {
      int source = random.nextInt(sources);
      long index = next[source];
      byte[] plain = Packets.rtp(source, (int) index & 0xFFFF, random.nextInt(40));
      sent.add(new Sent(source, index, plain, Packets.protect(sender, plain)));
      next[source] +=
          switch (random.nextInt(20)) {
            case 0 -> 1 + random.nextInt(32000);
            case 1, 2 -> 1 + random.nextInt(1200);
            default -> 1;
          };
    }
    return sent;
  }

  /** Each packet moves back by fewer than {@code disorder} packets; some are lost, some doubled. */
  private static List<Sent> shuffled(List<Sent> sent, int disorder, Random random) {
    record Delivery(long time, Sent packet) {}
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      int copies = random.nextInt(10) == 0 ? random.nextInt(3) : 1;
      for (int copy = 0; copy < copies; copy++) {
        long delay = random.nextInt(4) == 0 ? random.nextInt(disorder + 1) : 0;
        deliveries.add(new Delivery(i + delay, sent.get(i)));
      }
    }
    deliveries.sort((a, b) -> Long.compare(a.time, b.time));
    return deliveries.stream().map(Delivery::packet).toList();
  }

  /** A packet sent again later gets the rollover counter of its time, the wrap notwithstanding. */
  @Property(tries = 100)
  void senderProtectsARetransmissionToTheSameBytes(
      @ForAll SrtpProfile profile, @ForAll long seed, @ForAll("engines") String engine) {
    Random random = new Random(seed);
    SrtpKeys keys = Packets.keys(profile, seed);
    try (SrtpSender sender = SrtpEngines.named(engine).sender(keys)) {
      List<Sent> sent = send(sender, random);
      Map<Integer, Long> newest = new HashMap<>();
      sent.forEach(packet -> newest.put(packet.ssrc, packet.index));
      for (Sent packet : sent) {
        if (newest.getOrDefault(packet.ssrc, 0L) - packet.index < 32768) {
          assertArrayEquals(packet.srtp, Packets.protect(sender, packet.plain));
        }
      }
    }
  }

  @Provide
  Arbitrary<String> engines() {
    return Arbitraries.of("libcrypto", "jitsi");
  }
}
