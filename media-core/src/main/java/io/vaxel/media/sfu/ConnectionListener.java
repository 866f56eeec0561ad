package io.vaxel.media.sfu;

/** What a peer connection tells its owner, on the loop. */
public interface ConnectionListener {
  /** ICE and DTLS are done: media can flow. */
  void connected();

  /** The connection is lost and closed; {@code reason} is for people. */
  void failed(String reason);
}
