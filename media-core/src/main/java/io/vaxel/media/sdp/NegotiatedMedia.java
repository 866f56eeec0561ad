package io.vaxel.media.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What offer and answer agreed on for one section, as the sender of its media numbers it.
 *
 * @param direction seen from us; INACTIVE when rejected
 * @param rejected the section is out of use
 * @param codecs agreed, best first, each followed or not by its rtx; payload types as on the wire
 * @param extensions agreed, ids as on the wire
 * @param mediaSsrc of what the sender sends; -1 when not announced (it will show its mid then)
 * @param rtxSsrc of its retransmissions, -1 when not announced
 * @param cname of the source, null when not announced
 * @param msid the sender's names for the track, null when not told
 */
public record NegotiatedMedia(
    String mid,
    MediaKind kind,
    Direction direction,
    boolean rejected,
    List<Codec> codecs,
    List<HeaderExtension> extensions,
    long mediaSsrc,
    long rtxSsrc,
    @Nullable String cname,
    @Nullable Msid msid) {
  public NegotiatedMedia {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
  }

  static NegotiatedMedia rejected(MediaDescription section) {
    return new NegotiatedMedia(
        section.mid(),
        section.kind(),
        Direction.INACTIVE,
        true,
        List.of(),
        List.of(),
        -1,
        -1,
        null,
        null);
  }

  /** An agreement on {@code sender}'s media, with these codecs and extensions left. */
  static NegotiatedMedia of(
      MediaDescription sender,
      Direction direction,
      List<Codec> codecs,
      List<HeaderExtension> extensions) {
    // Firefox announces a source for sections in which it sends nothing, too.
    boolean flows = direction != Direction.INACTIVE;
    return new NegotiatedMedia(
        sender.mid(),
        sender.kind(),
        direction,
        false,
        codecs,
        extensions,
        flows ? sender.mediaSsrc() : -1,
        flows ? sender.rtxSsrc() : -1,
        !flows || sender.ssrcs().isEmpty() ? null : sender.ssrcs().getFirst().cname(),
        flows ? sender.msid() : null);
  }

  /** The codec of a payload type, or null when it was not agreed on. */
  public @Nullable Codec codec(int payloadType) {
    for (Codec codec : codecs) {
      if (codec.payloadType() == payloadType) {
        return codec;
      }
    }
    return null;
  }

  /** The payload type that carries retransmissions of another one, or -1 when none does. */
  public int rtxPayloadType(int payloadType) {
    for (Codec codec : codecs) {
      if (codec.associatedPayloadType() == payloadType) {
        return codec.payloadType();
      }
    }
    return -1;
  }

  /** The id of a header extension, or 0 when it was not agreed on. */
  public int extensionId(String uri) {
    for (HeaderExtension extension : extensions) {
      if (extension.uri().equals(uri)) {
        return extension.id();
      }
    }
    return 0;
  }
}
