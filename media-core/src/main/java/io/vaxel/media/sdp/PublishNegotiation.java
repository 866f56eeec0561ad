package io.vaxel.media.sdp;

/** The server's side of the publish connection: the client offers to send, the server answers. */
public final class PublishNegotiation {
  private PublishNegotiation() {}

  /**
   * Answers a client's offer. Sections that send become {@code recvonly}, others {@code inactive};
   * data channels, sections outside the bundle, without rtcp-mux or without a codec that {@link
   * ServerCodecs} knows are rejected; simulcast is declined, so that the first layer alone is sent.
   *
   * @param local our end, from {@link LocalTransport#server}
   * @throws SdpException when the offer has no section at all, or no usable ICE credentials,
   *     fingerprint or setup where they count
   */
  public static Negotiated answer(SessionDescription offer, LocalTransport local)
      throws SdpException {
    return ReceivingAnswer.answer(offer, local);
  }
}
