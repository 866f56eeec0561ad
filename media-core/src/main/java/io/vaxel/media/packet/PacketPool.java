package io.vaxel.media.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The packet buffers of one loop: taken and returned without garbage, bounded. Grows by blocks up
 * to its limit and never shrinks; {@link #close()} frees everything. Used by the loop's thread
 * only.
 */
public final class PacketPool implements AutoCloseable {
  private static final int BLOCK = 64;

  private final Arena arena = Arena.ofShared();
  private final PacketBuffer[] free;
  private int freeCount;
  private int allocated;

  /**
   * @param limit the most buffers this pool ever owns, at {@link PacketBuffer#CAPACITY} bytes each
   */
  public PacketPool(int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("limit must be positive");
    }
    this.free = new PacketBuffer[limit];
  }

  /** A buffer of length zero, or null when all {@code limit} buffers are in use. */
  public @Nullable PacketBuffer take() {
    if (freeCount == 0) {
      grow();
      if (freeCount == 0) {
        return null;
      }
    }
    PacketBuffer buffer = free[--freeCount];
    buffer.length(0);
    return buffer;
  }

  /**
   * Gives a buffer back. It must have come from {@link #take()} of this pool and not be used
   * afterwards.
   */
  public void release(PacketBuffer buffer) {
    free[freeCount++] = buffer;
  }

  /** Buffers taken and not yet released. */
  public int inUse() {
    return allocated - freeCount;
  }

  private void grow() {
    int count = Math.min(BLOCK, free.length - allocated);
    if (count == 0) {
      return;
    }
    MemorySegment block = arena.allocate((long) count * PacketBuffer.CAPACITY, 64);
    for (int i = 0; i < count; i++) {
      free[freeCount++] =
          new PacketBuffer(block.asSlice((long) i * PacketBuffer.CAPACITY, PacketBuffer.CAPACITY));
    }
    allocated += count;
  }

  @Override
  public void close() {
    arena.close();
  }
}
