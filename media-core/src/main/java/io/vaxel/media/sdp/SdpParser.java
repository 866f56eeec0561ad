package io.vaxel.media.sdp;

import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.stun.IceCredentials;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the session level of one description and hands the sections on. Used once. */
final class SdpParser {
  static final int MAX_LINES = 20_000;
  static final int MAX_SECTIONS = 256;

  private final String text;
  private final SessionLevel session = new SessionLevel();
  private final List<SectionParser> sections = new ArrayList<>();

  /** What sections inherit from the session (RFC 8839 section 5.4, RFC 8122, RFC 8842). */
  static final class SessionLevel {
    @Nullable String ufrag;
    @Nullable String password;
    @Nullable Fingerprint fingerprint;
    @Nullable Setup setup;
    Direction direction = Direction.SENDRECV;
    String sessionId = "";
    long version;
    List<String> bundle = List.of();
    boolean iceLite;
    boolean extmapAllowMixed;
  }

  SdpParser(String text) {
    this.text = text;
  }

  SessionDescription parse() throws SdpException {
    if (text.length() > SessionDescription.MAX_LENGTH) {
      throw new SdpException("longer than " + SessionDescription.MAX_LENGTH + " characters");
    }
    int number = 0;
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      int stop = end < 0 ? text.length() : end;
      if (stop > at && text.charAt(stop - 1) == '\r') {
        stop--;
      }
      if (++number > MAX_LINES) {
        throw new SdpException("more than " + MAX_LINES + " lines");
      }
      if (stop > at) {
        take(SdpLine.of(number, text.substring(at, stop)));
      }
      at = next;
    }
    return build();
  }

  private void take(SdpLine line) throws SdpException {
    if (line.number() == 1 && (line.type() != 'v' || !line.value().equals("0"))) {
      throw line.fault("a description begins with v=0");
    }
    if (line.type() == 'm') {
      line.limit(sections.size(), MAX_SECTIONS, "media sections");
      sections.add(new SectionParser(line));
    } else if (line.type() == 'o') {
      origin(line);
    } else if (line.type() == 'a') {
      if (sections.isEmpty()) {
        attribute(line);
      } else {
        sections.getLast().attribute(line);
      }
    }
  }

  private void origin(SdpLine line) throws SdpException {
    String[] words = line.words();
    if (words.length != 6) {
      throw line.fault("o= has six fields");
    }
    session.sessionId = Long.toString(line.number(words[1], 0, Long.MAX_VALUE, "session id"));
    session.version = line.number(words[2], 0, Long.MAX_VALUE, "session version");
  }

  private void attribute(SdpLine line) throws SdpException {
    switch (line.name()) {
      case "group" -> {
        String[] words = line.words();
        if (words[0].equals("BUNDLE") && session.bundle.isEmpty()) {
          line.limit(words.length - 2, MAX_SECTIONS, "mids in a group");
          session.bundle = List.of(words).subList(1, words.length);
        }
      }
      case "ice-lite" -> session.iceLite = true;
      case "extmap-allow-mixed" -> session.extmapAllowMixed = true;
      case "ice-ufrag" -> session.ufrag = line.value();
      case "ice-pwd" -> session.password = line.value();
      case "fingerprint" -> session.fingerprint = trusted(session.fingerprint, line);
      case "setup" -> session.setup = setup(line);
      case "sendrecv", "sendonly", "recvonly", "inactive" -> session.direction = direction(line);
      default -> {} // nothing we use
    }
  }

  static Direction direction(SdpLine line) {
    return Direction.valueOf(line.name().toUpperCase(Locale.ROOT));
  }

  static @Nullable Setup setup(SdpLine line) throws SdpException {
    return switch (line.value()) {
      case "active" -> Setup.ACTIVE;
      case "passive" -> Setup.PASSIVE;
      case "actpass" -> Setup.ACTPASS;
      case "holdconn" -> null;
      default -> throw line.fault("setup is active, passive or actpass");
    };
  }

  /** The first fingerprint by a hash that is still trusted; others are passed over. */
  static @Nullable Fingerprint trusted(@Nullable Fingerprint known, SdpLine line)
      throws SdpException {
    String[] words = line.words();
    if (words.length != 2) {
      throw line.fault("fingerprint is a hash name and a value");
    }
    if (known != null || !Fingerprint.isTrusted(words[0])) {
      return known;
    }
    try {
      return new Fingerprint(words[0], words[1]);
    } catch (IllegalArgumentException e) {
      throw line.fault("fingerprint value is not a hash in hexadecimal");
    }
  }

  static @Nullable IceCredentials credentials(
      @Nullable String ufrag, @Nullable String password, int line) throws SdpException {
    if (ufrag == null && password == null) {
      return null;
    }
    if (ufrag == null || password == null) {
      throw new SdpException(line, "ice-ufrag and ice-pwd come together");
    }
    try {
      return new IceCredentials(ufrag, password);
    } catch (IllegalArgumentException e) {
      throw new SdpException(line, "ice-ufrag or ice-pwd has a wrong length or character");
    }
  }

  private SessionDescription build() throws SdpException {
    if (session.sessionId.isEmpty()) {
      throw new SdpException("there is no o= line");
    }
    List<MediaDescription> media = new ArrayList<>();
    Set<String> mids = new HashSet<>();
    boolean allowMixed = session.extmapAllowMixed;
    for (SectionParser section : sections) {
      MediaDescription built = section.build(session);
      if (!mids.add(built.mid())) {
        throw new SdpException(section.line(), "a mid that another section has");
      }
      allowMixed |= section.allowsMixed();
      media.add(built);
    }
    return new SessionDescription(
        session.sessionId, session.version, session.bundle, session.iceLite, allowMixed, media);
  }
}
