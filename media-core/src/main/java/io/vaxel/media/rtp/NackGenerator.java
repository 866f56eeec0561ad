package io.vaxel.media.rtp;

/**
 * Finds the packets of one stream that are missing and says when to ask for them (again): the
 * receiver's side of generic NACK (RFC 4585 section 6.2.1).
 *
 * <p>Works by deadlines: call {@link #poll} at {@link #nextDeadlineNanos()}. The list is bounded;
 * when more packets are missing than it holds, it is given up and {@link #takeOverflow()} asks for
 * a key frame instead. Used by the loop's thread; allocates nothing.
 */
public final class NackGenerator {
  /** Missing packets remembered unless said otherwise: half a second of a fast video stream. */
  public static final int DEFAULT_CAPACITY = 512;

  /** What {@link #nextDeadlineNanos} answers when nothing is missing. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A packet is asked for this often; a later answer would miss every jitter buffer. */
  private static final int MAX_TRIES = 10;

  /** A gap is believed at once when so many packets came after it. */
  private static final int REORDERING_PACKETS = 3;

  /** A gap is believed after this time however few packets came after it. */
  private static final long REORDERING_NANOS = 10_000_000;

  /** The shortest time between two requests for the same packet, for paths with no delay. */
  private static final long MIN_RETRY_NANOS = 20_000_000;

  private final long[] missing;
  private final long[] dueNanos;
  private final byte[] tries;
  private int count;
  private long highest = -1;
  private long retryNanos = 100_000_000;
  private boolean overflow;
  private long recovered;
  private long requested;

  /** A generator that remembers {@link #DEFAULT_CAPACITY} missing packets. */
  public NackGenerator() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * @param capacity the most missing packets it remembers
   */
  public NackGenerator(int capacity) {
    if (capacity <= 0 || capacity > 0x4000) {
      throw new IllegalArgumentException("capacity must be 1 to 16384");
    }
    this.missing = new long[capacity];
    this.dueNanos = new long[capacity];
    this.tries = new byte[capacity];
  }

  /** Sets the round trip to the sender; a request is repeated a quarter later than that. */
  public void roundTrip(long nanos) {
    retryNanos = Math.max(MIN_RETRY_NANOS, nanos + nanos / 4);
  }

  /**
   * Takes note of a packet, however it came: the first time, late, twice, or through RTX.
   *
   * @return true if it had been missing and was asked for: a recovery
   */
  public boolean received(int sequence, long nowNanos) {
    if (highest < 0) {
      highest = sequence;
      return false;
    }
    long unwrapped = SequenceNumbers.unwrap(sequence, highest);
    if (unwrapped <= highest) {
      return arrivedLate(unwrapped);
    }
    long before = highest;
    long gap = unwrapped - before - 1;
    if (gap > missing.length - count) {
      count = 0;
      overflow = true;
    } else {
      for (long lost = before + 1; lost < unwrapped; lost++) {
        missing[count] = lost;
        dueNanos[count] = nowNanos + REORDERING_NANOS;
        tries[count] = 0;
        count++;
      }
    }
    highest = unwrapped;
    believeOldGaps(before, nowNanos);
    return false;
  }

  private boolean arrivedLate(long sequence) {
    int at = find(sequence);
    if (at == count || missing[at] != sequence) {
      return false;
    }
    boolean asked = tries[at] > 0;
    recovered += asked ? 1 : 0;
    remove(at, at + 1);
    return asked;
  }

  /** Makes gaps due that now lie too far back to be reordering, and did not {@code before}. */
  private void believeOldGaps(long before, long nowNanos) {
    for (int i = count - 1; i >= 0 && missing[i] > before - REORDERING_PACKETS; i--) {
      if (tries[i] == 0 && highest - missing[i] >= REORDERING_PACKETS) {
        dueNanos[i] = Math.min(dueNanos[i], nowNanos);
      }
    }
  }

  /** Forgets what is missing before {@code sequence}, where a key frame starts: nobody needs it. */
  public void keyFrame(int sequence) {
    if (highest >= 0) {
      remove(0, find(SequenceNumbers.unwrap(sequence, highest)));
    }
    overflow = false;
  }

  /** Forgets everything, the numbers seen so far included, for a source that starts afresh. */
  public void reset() {
    count = 0;
    highest = -1;
    overflow = false;
  }

  /**
   * Puts the sequence numbers to ask for now into {@code out}, oldest first, and returns how many.
   * What does not fit stays due.
   */
  public int poll(long nowNanos, int[] out) {
    int polled = 0;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (dueNanos[i] <= nowNanos && polled < out.length) {
        if (tries[i] == MAX_TRIES) {
          continue; // given up
        }
        out[polled++] = (int) missing[i] & 0xffff;
        tries[i]++;
        dueNanos[i] = nowNanos + retryNanos;
      }
      missing[kept] = missing[i];
      dueNanos[kept] = dueNanos[i];
      tries[kept] = tries[i];
      kept++;
    }
    count = kept;
    requested += polled;
    return polled;
  }

  /** When {@link #poll} has something to say next; {@link #NEVER} if nothing is missing. */
  public long nextDeadlineNanos() {
    long next = NEVER;
    for (int i = 0; i < count; i++) {
      next = Math.min(next, dueNanos[i]);
    }
    return next;
  }

  /** True once after the list overflowed: the stream needs a key frame. */
  public boolean takeOverflow() {
    boolean taken = overflow;
    overflow = false;
    return taken;
  }

  /** Packets missing now. */
  public int missing() {
    return count;
  }

  /** Packets that came after they were asked for. */
  public long recovered() {
    return recovered;
  }

  /** Requests made, repetitions included. */
  public long requested() {
    return requested;
  }

  /** The first index whose packet is not before {@code sequence}; the list is in order. */
  private int find(long sequence) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (missing[middle] < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void remove(int from, int to) {
    int rest = count - to;
    System.arraycopy(missing, to, missing, from, rest);
    System.arraycopy(dueNanos, to, dueNanos, from, rest);
    System.arraycopy(tries, to, tries, from, rest);
    count = from + rest;
  }
}
