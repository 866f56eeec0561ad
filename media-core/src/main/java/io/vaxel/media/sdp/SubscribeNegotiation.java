package io.vaxel.media.sdp;

import java.util.List;

/** The server's side of the subscribe connection: the server offers to send, the client answers. */
public final class SubscribeNegotiation {
  private SubscribeNegotiation() {}

  /**
   * An offer with one section for each track, in this order.
   *
   * @param sessionId digits, the same for every offer of the connection
   * @param version greater than that of the offer before
   * @param tracks at least one; once offered a mid keeps its place, as a free slot if need be
   * @param local our end, from {@link LocalTransport#server}
   */
  public static SessionDescription offer(
      String sessionId, long version, List<TrackOffer> tracks, LocalTransport local) {
    List<MediaDescription> sections =
        tracks.stream()
            .map(
                track ->
                    SendingOffer.section(
                        track, track.codecs(), ServerCodecs.extensions(track.kind()), local))
            .toList();
    return SendingOffer.offer(sessionId, version, sections, local);
  }

  /**
   * What the client's answer leaves of an offer, for each section the codecs and header extensions
   * that it can receive.
   *
   * @throws SdpException when the answer does not fit the offer, or lacks ICE credentials,
   *     fingerprint or role
   */
  public static Negotiated readAnswer(SessionDescription offer, SessionDescription answer)
      throws SdpException {
    return SendingOffer.readAnswer(offer, answer);
  }
}
