package io.vaxel.media.srtp;

import org.jspecify.annotations.Nullable;

/**
 * State by synchronization source, with primitive keys and a bound: open addressing, at most half
 * full, never shrinking. Looking up allocates nothing.
 */
final class SsrcTable<T> {
  private static final int INITIAL_CAPACITY = 16;

  private final int limit;
  private int[] keys = new int[INITIAL_CAPACITY];
  private @Nullable Object[] values = new Object[INITIAL_CAPACITY];
  private int size;

  /**
   * @param limit the most entries, one or more
   */
  SsrcTable(int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("limit must be positive");
    }
    this.limit = limit;
  }

  /** The state of {@code ssrc}, or null when it has none. */
  // Only put() writes values, and it takes nothing but T.
  @SuppressWarnings("unchecked")
  @Nullable T get(int ssrc) {
    return (T) values[slotOf(ssrc)];
  }

  /** True when {@link #put} has no room for one more source. */
  boolean isFull() {
    return size == limit;
  }

  /** Entries in the table. */
  int size() {
    return size;
  }

  /** Adds the state of a source that has none yet; the table must not be full. */
  void put(int ssrc, T value) {
    if (isFull()) {
      throw new IllegalStateException("more than " + limit + " synchronization sources");
    }
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int slot = slotOf(ssrc);
    if (values[slot] != null) {
      throw new IllegalStateException("a synchronization source has one state only");
    }
    keys[slot] = ssrc;
    values[slot] = value;
    size++;
  }

  private void grow() {
    int[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new int[2 * oldKeys.length];
    values = new Object[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int slot = slotOf(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private int slotOf(int ssrc) {
    int mask = keys.length - 1;
    // Fibonacci hashing: sources that differ in few bits are spread over the table.
    int hash = ssrc * 0x9E3779B9;
    int slot = (hash ^ (hash >>> 16)) & mask;
    while (values[slot] != null && keys[slot] != ssrc) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
