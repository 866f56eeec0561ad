package io.vaxel.media.sdp;

import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.stun.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One media section: an m-line and what belongs to it. ICE credentials, fingerprint, setup and
 * direction that stand at session level are inherited here, so every section speaks for itself.
 *
 * @param port 0 when rejected or bundle-only; see {@link #isRejected}
 * @param bundleOnly to be used only inside the bundle (RFC 9143 section 6)
 * @param protocol as {@code UDP/TLS/RTP/SAVPF}
 * @param mid its name in the bundle, never empty
 * @param ice null when not given
 * @param fingerprint the strongest when several are given; null when none
 * @param setup null when not given
 * @param sctpPort -1 when not given
 * @param maxMessageSize bytes of a data channel message, -1 when not given
 */
public record MediaDescription(
    MediaKind kind,
    int port,
    boolean bundleOnly,
    String protocol,
    String mid,
    Direction direction,
    List<Codec> codecs,
    List<HeaderExtension> extensions,
    List<Ssrc> ssrcs,
    List<SsrcGroup> ssrcGroups,
    List<Rid> rids,
    @Nullable Simulcast simulcast,
    @Nullable Msid msid,
    boolean rtcpMux,
    boolean rtcpReducedSize,
    @Nullable IceCredentials ice,
    @Nullable Fingerprint fingerprint,
    @Nullable Setup setup,
    List<IceCandidate> candidates,
    boolean endOfCandidates,
    int sctpPort,
    long maxMessageSize) {
  /** The protocol of every RTP section of a browser (RFC 5764 section 8). */
  public static final String RTP_OVER_DTLS = "UDP/TLS/RTP/SAVPF";

  /** The protocol of a data channel (RFC 8841 section 4). */
  public static final String SCTP_OVER_DTLS = "UDP/DTLS/SCTP";

  public MediaDescription {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
    ssrcs = List.copyOf(ssrcs);
    ssrcGroups = List.copyOf(ssrcGroups);
    rids = List.copyOf(rids);
    candidates = List.copyOf(candidates);
  }

  /** True when the section is not, or no longer, in use (RFC 9429 section 5.3.1). */
  public boolean isRejected() {
    return port == 0 && !bundleOnly;
  }

  /** The source of the media: the first of an FID group, else the first named; -1 when none is. */
  public long mediaSsrc() {
    for (SsrcGroup group : ssrcGroups) {
      if (group.semantics().equals(SsrcGroup.FID) && !group.ssrcs().isEmpty()) {
        return group.ssrcs().getFirst();
      }
    }
    return ssrcs.isEmpty() ? -1 : ssrcs.getFirst().ssrc();
  }

  /** The source of its retransmissions, the second of an FID group; -1 when there is none. */
  public long rtxSsrc() {
    for (SsrcGroup group : ssrcGroups) {
      if (group.semantics().equals(SsrcGroup.FID) && group.ssrcs().size() == 2) {
        return group.ssrcs().get(1);
      }
    }
    return -1;
  }

  /** Collects a section step by step. Lists start empty, flags false, direction sendrecv. */
  public static final class Builder {
    final MediaKind kind;
    int port = 9; // "discard": the real port is the candidates' (RFC 9429 section 5.2.1)
    boolean bundleOnly;
    String protocol;
    String mid;
    Direction direction = Direction.SENDRECV;
    List<Codec> codecs = new ArrayList<>();
    List<HeaderExtension> extensions = new ArrayList<>();
    List<Ssrc> ssrcs = new ArrayList<>();
    List<SsrcGroup> ssrcGroups = new ArrayList<>();
    List<Rid> rids = new ArrayList<>();
    @Nullable Simulcast simulcast;
    @Nullable Msid msid;
    boolean rtcpMux;
    boolean rtcpReducedSize;
    @Nullable IceCredentials ice;
    @Nullable Fingerprint fingerprint;
    @Nullable Setup setup;
    List<IceCandidate> candidates = new ArrayList<>();
    boolean endOfCandidates;
    int sctpPort = -1;
    long maxMessageSize = -1;

    /** A section of this kind, in the protocol that browsers use for it. */
    public Builder(MediaKind kind, String mid) {
      this.kind = kind;
      this.mid = mid;
      this.protocol = kind == MediaKind.APPLICATION ? SCTP_OVER_DTLS : RTP_OVER_DTLS;
    }

    /** The section as collected. */
    public MediaDescription build() {
      return new MediaDescription(
          kind,
          port,
          bundleOnly,
          protocol,
          mid,
          direction,
          codecs,
          extensions,
          ssrcs,
          ssrcGroups,
          rids,
          simulcast,
          msid,
          rtcpMux,
          rtcpReducedSize,
          ice,
          fingerprint,
          setup,
          candidates,
          endOfCandidates,
          sctpPort,
          maxMessageSize);
    }
  }
}
