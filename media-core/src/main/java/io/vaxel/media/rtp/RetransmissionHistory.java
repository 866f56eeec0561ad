package io.vaxel.media.rtp;

import io.vaxel.media.packet.PacketBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The last packets of one stream, kept for those who ask again. One copy serves every subscriber;
 * who may repeat what, and how often, is the subscriber's own matter.
 *
 * <p>Owns the buffers that it is given and hands each back exactly once, as the answer of {@link
 * #put} or {@link #removeAny}; the caller returns it to its pool. Used by the loop's thread;
 * allocates nothing.
 */
public final class RetransmissionHistory {
  private final @Nullable PacketBuffer[] packets;
  private final int[] sequences;
  private final long[] storedNanos;
  private final int mask;
  private final long maxAgeNanos;
  private int size;

  /**
   * @param capacity packets kept, a power of two up to 32,768
   * @param maxAgeNanos packets older than this are not found any more
   */
  public RetransmissionHistory(int capacity, long maxAgeNanos) {
    if (capacity < 1 || capacity > 0x8000 || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity must be a power of two up to 32768");
    }
    this.packets = new PacketBuffer[capacity];
    this.sequences = new int[capacity];
    this.storedNanos = new long[capacity];
    this.mask = capacity - 1;
    this.maxAgeNanos = maxAgeNanos;
  }

  /**
   * Keeps {@code packet} under {@code sequence}.
   *
   * @return the buffer that the caller owns again, or null if none: the packet whose place was
   *     taken, or {@code packet} itself if it is a duplicate or too late for its place
   */
  public @Nullable PacketBuffer put(int sequence, PacketBuffer packet, long nowNanos) {
    int slot = sequence & mask;
    PacketBuffer evicted = packets[slot];
    if (evicted != null
        && nowNanos - storedNanos[slot] <= maxAgeNanos
        && !SequenceNumbers.isNewer(sequence, sequences[slot])) {
      return packet;
    }
    packets[slot] = packet;
    sequences[slot] = sequence & 0xffff;
    storedNanos[slot] = nowNanos;
    size += evicted == null ? 1 : 0;
    return evicted;
  }

  /** The packet {@code sequence} if it is kept and young enough; it stays owned by this history. */
  public @Nullable PacketBuffer find(int sequence, long nowNanos) {
    int slot = sequence & mask;
    PacketBuffer packet = packets[slot];
    boolean found =
        packet != null
            && sequences[slot] == (sequence & 0xffff)
            && nowNanos - storedNanos[slot] <= maxAgeNanos;
    return found ? packet : null;
  }

  /** Takes one packet out, whichever; null when none is left. For giving all of them back. */
  public @Nullable PacketBuffer removeAny() {
    for (int slot = 0; size > 0; slot++) {
      PacketBuffer packet = packets[slot];
      if (packet != null) {
        packets[slot] = null;
        size--;
        return packet;
      }
    }
    return null;
  }

  /** Packets kept now. */
  public int size() {
    return size;
  }
}
