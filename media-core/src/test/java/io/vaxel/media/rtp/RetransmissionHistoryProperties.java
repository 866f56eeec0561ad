package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.packet.PacketPool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes, the newest of each place is kept and no buffer is lost. */
class RetransmissionHistoryProperties {
  private static final long MS = 1_000_000;

  @Property(tries = 200)
  void everyBufferComesBackToThePool(
      @ForAll @Size(max = 100) List<@IntRange(min = 65_500, max = 65_600) Integer> sequences) {
    try (PacketPool pool = new PacketPool(256)) {
      RetransmissionHistory ring = new RetransmissionHistory(16, 1000 * MS);
      Map<Integer, Integer> newest = new HashMap<>();
      for (int sequence : sequences) {
        PacketBuffer packet = Objects.requireNonNull(pool.take());
        PacketBuffer back = ring.put(sequence & 0xffff, packet, 0);
        if (back != null) {
          pool.release(back);
        }
        newest.merge(sequence & 15, sequence, Math::max);
      }
      assertEquals(newest.size(), ring.size());
      assertEquals(newest.size(), pool.inUse());
      for (int sequence : newest.values()) {
        assertNotNull(ring.find(sequence & 0xffff, 0));
      }
      for (PacketBuffer left = ring.removeAny(); left != null; left = ring.removeAny()) {
        pool.release(left);
      }
      assertEquals(0, pool.inUse());
    }
  }
}
