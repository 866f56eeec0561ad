package io.vaxel.media.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Socket address → value, looked up from the raw bytes of a datagram's source without an object: 16
 * address bytes as two longs (IPv4 mapped into IPv6, RFC 4291 section 2.5.5.2) and the port. Open
 * addressing with linear probing. One thread.
 */
final class AddressTable<V> {
  private static final int INITIAL = 64;

  private long[] high = new long[INITIAL];
  private long[] low = new long[INITIAL];
  private int[] port = new int[INITIAL];
  private @Nullable Object[] values = new Object[INITIAL];
  private int size;

  /** The value for an address, or null. */
  @SuppressWarnings("unchecked") // only put() stores values
  @Nullable V get(long addressHigh, long addressLow, int addressPort) {
    int mask = values.length - 1;
    int i = hash(addressHigh, addressLow, addressPort) & mask;
    while (values[i] != null) {
      if (high[i] == addressHigh && low[i] == addressLow && port[i] == addressPort) {
        return (V) values[i];
      }
      i = (i + 1) & mask;
    }
    return null;
  }

  /** Sets the value for an address, replacing another. */
  void put(long addressHigh, long addressLow, int addressPort, V value) {
    if ((size + 1) * 2 > values.length) {
      grow();
    }
    int mask = values.length - 1;
    int i = hash(addressHigh, addressLow, addressPort) & mask;
    while (values[i] != null) {
      if (high[i] == addressHigh && low[i] == addressLow && port[i] == addressPort) {
        values[i] = value;
        return;
      }
      i = (i + 1) & mask;
    }
    high[i] = addressHigh;
    low[i] = addressLow;
    port[i] = addressPort;
    values[i] = value;
    size++;
  }

  /** Forgets an address; nothing happens when it is unknown. */
  void remove(long addressHigh, long addressLow, int addressPort) {
    int mask = values.length - 1;
    int i = hash(addressHigh, addressLow, addressPort) & mask;
    while (values[i] != null) {
      if (high[i] == addressHigh && low[i] == addressLow && port[i] == addressPort) {
        closeGap(i, mask);
        size--;
        return;
      }
      i = (i + 1) & mask;
    }
  }

  int size() {
    return size;
  }

  /** Moves later entries of the probe sequence back, so that look-ups need no tombstones. */
  private void closeGap(int gap, int mask) {
    int i = gap;
    int next = (i + 1) & mask;
    while (values[next] != null) {
      int home = hash(high[next], low[next], port[next]) & mask;
      if (((next - home) & mask) >= ((next - i) & mask)) {
        high[i] = high[next];
        low[i] = low[next];
        port[i] = port[next];
        values[i] = values[next];
        i = next;
      }
      next = (next + 1) & mask;
    }
    values[i] = null;
  }

  @SuppressWarnings("unchecked") // only put() stores values
  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldPort = port;
    @Nullable Object[] oldValues = values;
    int capacity = oldValues.length * 2;
    high = new long[capacity];
    low = new long[capacity];
    port = new int[capacity];
    values = new Object[capacity];
    size = 0;
    for (int i = 0; i < oldValues.length; i++) {
      Object value = oldValues[i];
      if (value != null) {
        put(oldHigh[i], oldLow[i], oldPort[i], (V) value);
      }
    }
    Arrays.fill(oldValues, null);
  }

  private static int hash(long high, long low, int port) {
    long h = (high * 31 + low) * 0x9E3779B97F4A7C15L + port;
    h *= 0xBF58476D1CE4E5B9L;
    return (int) (h >>> 32);
  }
}
