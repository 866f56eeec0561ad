package io.vaxel.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers an offer by receiving what it sends; shared by the server and our clients. */
final class ReceivingAnswer {
  private ReceivingAnswer() {}

  static Negotiated answer(SessionDescription offer, LocalTransport local) throws SdpException {
    if (offer.media().isEmpty()) {
      throw new SdpException("an offer without media sections");
    }
    List<MediaDescription> sections = new ArrayList<>();
    List<NegotiatedMedia> negotiated = new ArrayList<>();
    List<String> bundle = new ArrayList<>();
    for (MediaDescription offered : offer.media()) {
      NegotiatedMedia media = negotiate(offer, offered);
      negotiated.add(media);
      if (media.rejected()) {
        sections.add(rejection(offered));
      } else {
        bundle.add(offered.mid());
        sections.add(accept(offered, media, local));
      }
    }
    // The offer's session id and version do for ours: they are new whenever the answer is.
    SessionDescription answer =
        new SessionDescription(
            offer.sessionId(),
            offer.version(),
            bundle,
            local.iceLite(),
            offer.extmapAllowMixed(),
            sections);
    return new Negotiated(
        answer, negotiated, bundle.isEmpty() ? null : remote(offer, bundle, local));
  }

  /**
   * The offerer's end: that of the first section we accept, which is the one the bundle will use
   * (RFC 9143 section 7.3.1).
   */
  private static RemoteTransport remote(
      SessionDescription offer, List<String> bundle, LocalTransport local) throws SdpException {
    for (MediaDescription offered : offer.media()) {
      if (offered.mid().equals(bundle.getFirst())) {
        Setup wanted = local.answerSetup() == Setup.ACTIVE ? Setup.PASSIVE : Setup.ACTIVE;
        if (offered.setup() != null
            && offered.setup() != Setup.ACTPASS
            && offered.setup() != wanted) {
          throw new SdpException(
              "a=setup must be actpass or " + wanted.sdpName() + " in this offer");
        }
        return RemoteTransport.of(offered, wanted, offer.iceLite());
      }
    }
    throw new IllegalStateException("the bundle has mids of the offer");
  }

  private static NegotiatedMedia negotiate(SessionDescription offer, MediaDescription offered) {
    if (offered.isRejected()
        || offered.kind() == MediaKind.APPLICATION
        || !offered.protocol().equals(MediaDescription.RTP_OVER_DTLS)
        || !offered.rtcpMux()
        || !offer.bundle().contains(offered.mid())) {
      return NegotiatedMedia.rejected(offered);
    }
    List<Codec> codecs = codecs(offered);
    if (codecs.isEmpty()) {
      return NegotiatedMedia.rejected(offered);
    }
    Direction direction = offered.direction().sends() ? Direction.RECVONLY : Direction.INACTIVE;
    return NegotiatedMedia.of(
        offered, direction, codecs, extensions(offered, offer.extmapAllowMixed()));
  }

  /** The codecs that we carry, in the offerer's order, and the rtx of these. */
  private static List<Codec> codecs(MediaDescription offered) {
    Set<Integer> carried = new HashSet<>();
    for (Codec codec : offered.codecs()) {
      if (ServerCodecs.canonical(codec) != null && isOfKind(codec, offered.kind())) {
        carried.add(codec.payloadType());
      }
    }
    Map<Integer, Codec> rtx = new HashMap<>();
    for (Codec codec : offered.codecs()) {
      if (carried.contains(codec.associatedPayloadType())) {
        rtx.putIfAbsent(codec.associatedPayloadType(), codec);
      }
    }
    List<Codec> agreed = new ArrayList<>();
    for (Codec codec : offered.codecs()) {
      if (carried.contains(codec.payloadType())) {
        agreed.add(answered(codec));
        Codec retransmission = rtx.get(codec.payloadType());
        if (retransmission != null) {
          agreed.add(retransmission.withFeedback(List.of()));
        }
      }
    }
    return agreed;
  }

  private static boolean isOfKind(Codec codec, MediaKind kind) {
    return codec.is(Codec.OPUS) == (kind == MediaKind.AUDIO);
  }

  private static Codec answered(Codec codec) {
    Codec kept =
        codec.withFeedback(
            codec.feedback().stream().filter(ServerCodecs::acceptsFeedback).toList());
    if (!codec.is(Codec.OPUS)) {
      return kept;
    }
    Map<String, String> parameters = new LinkedHashMap<>(codec.parameters());
    parameters.put("useinbandfec", "1"); // RFC 7587 section 6.1: the receiver can use it
    return kept.withParameters(parameters);
  }

  private static List<HeaderExtension> extensions(MediaDescription offered, boolean allowMixed) {
    List<HeaderExtension> agreed = new ArrayList<>();
    for (HeaderExtension extension : offered.extensions()) {
      Direction direction = extension.direction();
      if (ServerCodecs.accepts(offered.kind(), extension.uri())
          && (extension.id() <= 14 || (allowMixed && extension.id() > 15))
          && (direction == null || direction.sends())) {
        agreed.add(
            new HeaderExtension(
                extension.id(), extension.uri(), direction == null ? null : Direction.RECVONLY));
      }
    }
    return agreed;
  }

  private static MediaDescription accept(
      MediaDescription offered, NegotiatedMedia media, LocalTransport local) {
    MediaDescription.Builder section = new MediaDescription.Builder(offered.kind(), offered.mid());
    section.direction = media.direction();
    section.codecs.addAll(media.codecs());
    section.extensions.addAll(media.extensions());
    section.rtcpMux = true;
    section.rtcpReducedSize = offered.rtcpReducedSize();
    transport(section, local, local.answerSetup());
    return section.build();
  }

  static void transport(MediaDescription.Builder section, LocalTransport local, Setup setup) {
    section.ice = local.ice();
    section.fingerprint = local.fingerprint();
    section.setup = setup;
    section.candidates.addAll(local.candidates());
    section.endOfCandidates = true;
  }

  private static MediaDescription rejection(MediaDescription offered) {
    MediaDescription.Builder section = new MediaDescription.Builder(offered.kind(), offered.mid());
    section.port = 0;
    section.protocol = offered.protocol();
    section.direction = Direction.INACTIVE;
    // The grammar wants a format; one of the offer's own is sure to be understood.
    offered.codecs().stream().limit(1).forEach(section.codecs::add);
    return section.build();
  }
}
