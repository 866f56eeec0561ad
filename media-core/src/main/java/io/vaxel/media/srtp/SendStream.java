package io.vaxel.media.srtp;

/** What a sender remembers of one synchronization source. */
final class SendStream {
  private static final long NOTHING_SENT = Long.MIN_VALUE;
  private static final int LAST_RTCP_INDEX = Integer.MAX_VALUE;

  private long highest = NOTHING_SENT;
  private int nextRtcpIndex;
  private boolean rtcpSpent;

  SendStream() {
    this(0);
  }

  /** A stream whose next RTCP packet has this index, which is zero but in tests. */
  SendStream(int nextRtcpIndex) {
    this.nextRtcpIndex = nextRtcpIndex;
  }

  /** The index of the RTP packet with this sequence number: the first has rollover counter zero. */
  long indexOf(int sequenceNumber) {
    return highest == NOTHING_SENT ? sequenceNumber : PacketIndex.estimate(highest, sequenceNumber);
  }

  /** Notes that the RTP packet with {@code index} has been protected. */
  void sent(long index) {
    highest = Math.max(highest, index);
  }

  /**
   * The index of the next RTCP packet: 31 bits from zero.
   *
   * @throws IllegalStateException when all have been used: only new keys can help (RFC 3711 section
   *     9.2)
   */
  int nextRtcpIndex() {
    if (rtcpSpent) {
      throw new IllegalStateException("a source has sent all SRTCP packets its keys allow");
    }
    return nextRtcpIndex;
  }

  /** Notes that an RTCP packet has been protected with {@link #nextRtcpIndex()}. */
  void sentRtcp() {
    if (nextRtcpIndex == LAST_RTCP_INDEX) {
      rtcpSpent = true;
    } else {
      nextRtcpIndex++;
    }
  }
}
