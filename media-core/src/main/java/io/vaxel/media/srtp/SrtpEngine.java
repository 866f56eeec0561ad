package io.vaxel.media.srtp;

/** One way of computing SRTP. All engines give equal bytes. Safe for use by any thread. */
public interface SrtpEngine {
  /**
   * Sources a sender keeps state for unless told otherwise: every track of a large call, and their
   * retransmissions. State is never given up while a sender lives, because a source that began anew
   * would reuse its keystream.
   */
  int DEFAULT_SENDER_STREAMS = 4096;

  /** Sources a receiver keeps state for unless told otherwise, RTP and RTCP apart. */
  int DEFAULT_RECEIVER_STREAMS = 64;

  /** The name that {@link SrtpEngines#named} knows this engine by. */
  String name();

  /** A sender for up to {@code maxStreams} synchronization sources. */
  SrtpSender sender(SrtpKeys keys, int maxStreams);

  /** A receiver for up to {@code maxStreams} synchronization sources of RTP and as many of RTCP. */
  SrtpReceiver receiver(SrtpKeys keys, int maxStreams);

  /** A sender for up to {@link #DEFAULT_SENDER_STREAMS} synchronization sources. */
  default SrtpSender sender(SrtpKeys keys) {
    return sender(keys, DEFAULT_SENDER_STREAMS);
  }

  /** A receiver for up to {@link #DEFAULT_RECEIVER_STREAMS} synchronization sources. */
  default SrtpReceiver receiver(SrtpKeys keys) {
    return receiver(keys, DEFAULT_RECEIVER_STREAMS);
  }
}
