package io.vaxel.media.sdp;

import java.util.List;

/**
 * A session description as browsers exchange it (RFC 8866, RFC 9429): offer or answer.
 *
 * @param sessionId of the o-line: digits that stay the same through a session
 * @param version of the o-line: grows with every change
 * @param bundle mids of the BUNDLE group, the tagged section first (RFC 9143); empty for none
 * @param iceLite true when the writer answers checks only (RFC 8839 section 5.3)
 * @param extmapAllowMixed one-byte and two-byte header extensions may mix (RFC 8285 section 6)
 * @param media the sections in order; an answer has as many as its offer
 */
public record SessionDescription(
    String sessionId,
    long version,
    List<String> bundle,
    boolean iceLite,
    boolean extmapAllowMixed,
    List<MediaDescription> media) {
  /** The most characters that {@link #parse} takes. */
  public static final int MAX_LENGTH = 256 * 1024;

  public SessionDescription {
    bundle = List.copyOf(bundle);
    media = List.copyOf(media);
  }

  /**
   * Reads a description. Lines and attributes that nobody here needs are skipped, and so are codec
   * lines for payload types that the m-line does not have.
   *
   * @throws SdpException when it is malformed or over a limit of {@link SdpParser}
   */
  public static SessionDescription parse(String text) throws SdpException {
    return new SdpParser(text).parse();
  }

  /** This description as text, lines ended by CR LF. */
  public String write() {
    return new SdpWriter().write(this);
  }
}
