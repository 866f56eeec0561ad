package io.vaxel.media.srtp;

/**
 * Arithmetic on the 48-bit index of an RTP packet, rollover counter and sequence number (RFC 3711
 * section 3.3.1). An index is a {@code long}; before the first packet of a stream it may be
 * negative, which stands for the rollover counter 2^32 - 1.
 */
final class PacketIndex {
  private static final int HALF = 1 << 15;

  private PacketIndex() {}

  /**
   * The index of the packet with {@code sequenceNumber} that is nearest to {@code highest}, the
   * newest index so far.
   */
  static long estimate(long highest, int sequenceNumber) {
    long rollovers = highest >> 16;
    int newest = (int) highest & 0xFFFF;
    if (newest < HALF) {
      if (sequenceNumber - newest > HALF) {
        rollovers--;
      }
    } else if (newest - HALF > sequenceNumber) {
      rollovers++;
    }
    return (rollovers << 16) | sequenceNumber;
  }

  /** The rollover counter of an index: 32 bits. */
  static int rolloverCounter(long index) {
    return (int) (index >> 16);
  }
}
