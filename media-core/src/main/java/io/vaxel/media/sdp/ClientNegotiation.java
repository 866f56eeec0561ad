package io.vaxel.media.sdp;

import java.util.ArrayList;
import java.util.List;

/** A client's side of both connections, as a browser would write it; for our Java clients. */
public final class ClientNegotiation {
  private ClientNegotiation() {}

  /**
   * Offers to send these tracks, with transport-wide feedback.
   *
   * @param sessionId digits, the same for every offer of the connection
   * @param version greater than that of the offer before
   * @param local our end, from {@link LocalTransport#client}
   */
  public static SessionDescription publishOffer(
      String sessionId, long version, List<TrackOffer> tracks, LocalTransport local) {
    List<MediaDescription> sections = new ArrayList<>();
    for (TrackOffer track : tracks) {
      List<HeaderExtension> extensions = new ArrayList<>(ServerCodecs.extensions(track.kind()));
      extensions.add(ServerCodecs.TRANSPORT_WIDE_CC);
      List<Codec> codecs = track.codecs().stream().map(ServerCodecs::asPublished).toList();
      sections.add(SendingOffer.section(track, codecs, extensions, local));
    }
    return SendingOffer.offer(sessionId, version, sections, local);
  }

  /**
   * What the server accepted of a publish offer.
   *
   * @throws SdpException when the answer does not fit the offer
   */
  public static Negotiated readPublishAnswer(SessionDescription offer, SessionDescription answer)
      throws SdpException {
    return SendingOffer.readAnswer(offer, answer);
  }

  /**
   * Answers the server's offer by receiving all of it.
   *
   * @param local our end, from {@link LocalTransport#client}
   * @throws SdpException when the offer cannot be used
   */
  public static Negotiated subscribeAnswer(SessionDescription offer, LocalTransport local)
      throws SdpException {
    return ReceivingAnswer.answer(offer, local);
  }
}
