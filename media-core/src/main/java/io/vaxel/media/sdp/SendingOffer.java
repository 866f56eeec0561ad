package io.vaxel.media.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Offers to send, and what the peer's answer made of them; shared by the server and our clients.
 */
final class SendingOffer {
  private SendingOffer() {}

  static SessionDescription offer(
      String sessionId, long version, List<MediaDescription> sections, LocalTransport local) {
    return new SessionDescription(
        sessionId,
        version,
        sections.stream().map(MediaDescription::mid).toList(),
        local.iceLite(),
        true,
        sections);
  }

  /** One section that sends {@code track}, or is free when the track is inactive. */
  static MediaDescription section(
      TrackOffer track,
      List<Codec> codecs,
      List<HeaderExtension> extensions,
      LocalTransport local) {
    MediaDescription.Builder section = new MediaDescription.Builder(track.kind(), track.mid());
    section.codecs.addAll(codecs);
    section.extensions.addAll(extensions);
    section.rtcpMux = true;
    section.rtcpReducedSize = true;
    section.direction = Direction.INACTIVE;
    ReceivingAnswer.transport(section, local, Setup.ACTPASS);
    TrackOffer.Source source = track.source();
    if (source != null) {
      section.direction = Direction.SENDONLY;
      section.msid = source.msid();
      section.ssrcs.add(new Ssrc(source.ssrc(), source.cname(), null));
      if (source.rtxSsrc() >= 0) {
        section.ssrcs.add(new Ssrc(source.rtxSsrc(), source.cname(), null));
        section.ssrcGroups.add(
            new SsrcGroup(SsrcGroup.FID, List.of(source.ssrc(), source.rtxSsrc())));
      }
    }
    return section.build();
  }

  static Negotiated readAnswer(SessionDescription offer, SessionDescription answer)
      throws SdpException {
    if (answer.media().size() != offer.media().size()) {
      throw new SdpException(
          "the answer has "
              + answer.media().size()
              + " media sections, the offer "
              + offer.media().size());
    }
    List<NegotiatedMedia> negotiated = new ArrayList<>();
    RemoteTransport remote = null;
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription offered = offer.media().get(i);
      MediaDescription answered = answer.media().get(i);
      if (!answered.mid().equals(offered.mid()) || answered.kind() != offered.kind()) {
        throw new SdpException("media section " + (i + 1) + " is not the one that was offered");
      }
      NegotiatedMedia media = negotiate(offered, answered);
      negotiated.add(media);
      if (!media.rejected() && remote == null) {
        remote = remote(answered, answer.iceLite());
      }
    }
    return new Negotiated(answer, negotiated, remote);
  }

  private static RemoteTransport remote(MediaDescription answered, boolean iceLite)
      throws SdpException {
    Setup setup = answered.setup();
    if (setup == null || setup == Setup.ACTPASS) {
      throw new SdpException("mid " + answered.mid() + " must have a=setup:active or passive");
    }
    return RemoteTransport.of(answered, setup, iceLite);
  }

  private static NegotiatedMedia negotiate(MediaDescription offered, MediaDescription answered)
      throws SdpException {
    if (answered.isRejected() || offered.isRejected()) {
      return NegotiatedMedia.rejected(offered);
    }
    if (!answered.rtcpMux()) {
      throw new SdpException("mid " + answered.mid() + " has no a=rtcp-mux");
    }
    if (answered.direction().sends() && !offered.direction().receives()) {
      throw new SdpException(
          "mid "
              + answered.mid()
              + " answers "
              + answered.direction().sdpName()
              + " to "
              + offered.direction().sdpName());
    }
    List<Codec> codecs = new ArrayList<>();
    for (Codec codec : answered.codecs()) {
      for (Codec mine : offered.codecs()) {
        if (mine.payloadType() == codec.payloadType() && mine.is(codec.name())) {
          codecs.add(
              mine.withFeedback(
                  mine.feedback().stream().filter(codec.feedback()::contains).toList()));
        }
      }
    }
    List<HeaderExtension> extensions = new ArrayList<>();
    for (HeaderExtension extension : answered.extensions()) {
      Direction direction = extension.direction();
      if ((direction == null || direction.receives())
          && offered.extensions().stream()
              .anyMatch(
                  mine -> mine.id() == extension.id() && mine.uri().equals(extension.uri()))) {
        extensions.add(new HeaderExtension(extension.id(), extension.uri(), null));
      }
    }
    boolean flows = offered.direction().sends() && answered.direction().receives();
    if (flows && codecs.isEmpty()) {
      throw new SdpException("mid " + answered.mid() + " has no payload type of the offer");
    }
    return NegotiatedMedia.of(
        offered, flows ? Direction.SENDONLY : Direction.INACTIVE, codecs, extensions);
  }
}
