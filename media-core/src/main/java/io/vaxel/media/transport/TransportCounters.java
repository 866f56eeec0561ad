package io.vaxel.media.transport;

import io.vaxel.media.srtp.SrtpResult;

/** Running totals of one peer connection. Written and read on its loop. */
public final class TransportCounters {
  long packetsReceived;
  long bytesReceived;
  long packetsSent;
  long bytesSent;
  long malformed;
  private long notAuthentic;
  private long replayed;
  private long streamLimit;

  void refused(SrtpResult result) {
    switch (result) {
      case NOT_AUTHENTIC -> notAuthentic++;
      case REPLAYED -> replayed++;
      case TOO_MANY_STREAMS -> streamLimit++;
      default -> malformed++;
    }
  }

  /** Authentic RTP and RTCP packets received. */
  public long packetsReceived() {
    return packetsReceived;
  }

  /** Their bytes, encrypted. */
  public long bytesReceived() {
    return bytesReceived;
  }

  /** RTP and RTCP packets sent. */
  public long packetsSent() {
    return packetsSent;
  }

  /** Their bytes, encrypted. */
  public long bytesSent() {
    return bytesSent;
  }

  /** Datagrams that are none of STUN, DTLS, RTP and RTCP, or too short. */
  public long malformed() {
    return malformed;
  }

  /** SRTP that failed authentication. */
  public long notAuthentic() {
    return notAuthentic;
  }

  /** SRTP that had been received before. */
  public long replayed() {
    return replayed;
  }

  /** SRTP for a stream beyond the limit of streams per peer. */
  public long streamLimit() {
    return streamLimit;
  }
}
