package io.vaxel.media.rtp;

/** Arithmetic on 16-bit sequence numbers that wrap around (RFC 3550 appendix A.1, RFC 1982). */
public final class SequenceNumbers {
  private SequenceNumbers() {}

  /**
   * How far {@code a} is ahead of {@code b}, −32,768 to 32,767; negative when it is behind. Only
   * the low 16 bits of both count.
   */
  public static int difference(int a, int b) {
    return (short) (a - b);
  }

  /** True if {@code a} comes after {@code b}. */
  public static boolean isNewer(int a, int b) {
    return difference(a, b) > 0;
  }

  /** The sequence number after {@code sequence}, 0 to 65,535. */
  public static int next(int sequence) {
    return (sequence + 1) & 0xffff;
  }

  /**
   * The number that {@code sequence} is the low 16 bits of, and that lies nearest to {@code
   * reference}: within 32,768 below and 32,767 above. May be negative near the start of a stream.
   */
  public static long unwrap(int sequence, long reference) {
    return reference + (short) (sequence - (int) reference);
  }

  /**
   * How far timestamp {@code a} is ahead of {@code b}, negative when behind (32 bits that wrap).
   */
  public static int timestampDifference(int a, int b) {
    return a - b;
  }
}
