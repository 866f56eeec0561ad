package io.vaxel.media.sdp;

import io.vaxel.media.stun.IceCandidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one media section, line by line. Used once. */
final class SectionParser {
  static final int MAX_CODECS = 128;
  static final int MAX_EXTENSIONS = 64;
  static final int MAX_SOURCES = 256;
  static final int MAX_RIDS = 32;
  static final int MAX_CANDIDATES = 128;
  private static final int MAX_FEEDBACK = 32;
  private static final int MAX_PARAMETERS = 64;
  private static final int MAX_MID = 64;

  private final int line;
  private final MediaDescription.Builder section;
  private final Map<Integer, CodecLines> codecs = new LinkedHashMap<>();
  private final Map<Long, Ssrc> sources = new LinkedHashMap<>();
  private final List<String> feedbackForAll = new ArrayList<>();
  private @Nullable Direction direction;
  private @Nullable String ufrag;
  private @Nullable String password;
  private boolean allowsMixed;

  /** What is known of a payload type so far; without a name it is not a codec. */
  private static final class CodecLines {
    @Nullable String name;
    int clockRate;
    int channels = 1;
    final Map<String, String> parameters = new LinkedHashMap<>();
    final List<String> feedback = new ArrayList<>();
  }

  SectionParser(SdpLine mediaLine) throws SdpException {
    line = mediaLine.number();
    String[] words = mediaLine.words();
    if (words.length < 4) {
      throw mediaLine.fault("m= is kind, port, protocol and formats");
    }
    MediaKind kind =
        switch (words[0]) {
          case "audio" -> MediaKind.AUDIO;
          case "video" -> MediaKind.VIDEO;
          case "application" -> MediaKind.APPLICATION;
          default -> throw mediaLine.fault("media are audio, video or application");
        };
    section = new MediaDescription.Builder(kind, "");
    section.port = (int) mediaLine.number(words[1], 0, 65535, "port");
    section.protocol = words[2];
    if (kind != MediaKind.APPLICATION) {
      for (int i = 3; i < words.length; i++) {
        mediaLine.limit(codecs.size(), MAX_CODECS, "formats");
        int payloadType = (int) mediaLine.number(words[i], 0, 127, "payload type");
        codecs.put(payloadType, assigned(payloadType));
      }
    }
  }

  /** Payload types that need no rtpmap (RFC 3551 section 6), as far as browsers use them. */
  private static CodecLines assigned(int payloadType) {
    CodecLines codec = new CodecLines();
    codec.clockRate = 8000;
    codec.name =
        switch (payloadType) {
          case 0 -> "PCMU";
          case 8 -> "PCMA";
          case 9 -> "G722";
          case 13 -> "CN";
          default -> null;
        };
    return codec;
  }

  void attribute(SdpLine a) throws SdpException {
    switch (a.name()) {
      case "mid" -> {
        if (!isToken(a.value(), MAX_MID)) {
          throw a.fault("a mid is 1 to " + MAX_MID + " characters of a token");
        }
        section.mid = a.value();
      }
      case "sendrecv", "sendonly", "recvonly", "inactive" -> direction = SdpParser.direction(a);
      case "rtpmap" -> rtpmap(a);
      case "fmtp" -> fmtp(a);
      case "rtcp-fb" -> feedback(a);
      case "extmap" -> extension(a);
      case "extmap-allow-mixed" -> allowsMixed = true;
      case "ssrc" -> source(a);
      case "ssrc-group" -> sourceGroup(a);
      case "rid" -> rid(a);
      case "simulcast" -> section.simulcast = simulcast(a);
      case "msid" -> section.msid = msid(a.value());
      case "rtcp-mux" -> section.rtcpMux = true;
      case "rtcp-rsize" -> section.rtcpReducedSize = true;
      case "bundle-only" -> section.bundleOnly = true;
      case "ice-ufrag" -> ufrag = a.value();
      case "ice-pwd" -> password = a.value();
      case "fingerprint" -> section.fingerprint = SdpParser.trusted(section.fingerprint, a);
      case "setup" -> section.setup = SdpParser.setup(a);
      case "candidate" -> {
        IceCandidate candidate = CandidateLine.parse(a);
        if (candidate != null) {
          a.limit(section.candidates.size(), MAX_CANDIDATES, "candidates");
          section.candidates.add(candidate);
        }
      }
      case "end-of-candidates" -> section.endOfCandidates = true;
      case "sctp-port" -> section.sctpPort = (int) a.number(a.value(), 0, 65535, "sctp-port");
      case "max-message-size" ->
          section.maxMessageSize = a.number(a.value(), 0, Long.MAX_VALUE, "max-message-size");
      default -> {} // nothing we use
    }
  }

  private void rtpmap(SdpLine a) throws SdpException {
    String[] words = a.words();
    String[] parts = words.length < 2 ? words : words[1].split("/", -1);
    if (words.length < 2 || parts.length < 2 || parts.length > 3 || !isToken(parts[0], 64)) {
      throw a.fault("rtpmap is payload type, name/rate or name/rate/channels");
    }
    CodecLines codec = codecs.get((int) a.number(words[0], 0, 127, "payload type"));
    int clockRate = (int) a.number(parts[1], 1, 1_000_000_000, "clock rate");
    int channels = parts.length == 3 ? (int) a.number(parts[2], 1, 255, "channels") : 1;
    if (codec != null) {
      codec.name = parts[0];
      codec.clockRate = clockRate;
      codec.channels = channels;
    }
  }

  private void fmtp(SdpLine a) throws SdpException {
    int blank = a.value().indexOf(' ');
    CodecLines codec = blank < 0 ? null : known(a.value().substring(0, blank));
    if (codec == null) {
      return;
    }
    for (String parameter : a.value().substring(blank + 1).split(";", -1)) {
      String text = parameter.strip();
      int equals = text.indexOf('=');
      if (!text.isEmpty() && equals != 0) {
        a.limit(codec.parameters.size(), MAX_PARAMETERS, "parameters");
        codec.parameters.put(
            equals < 0 ? text : text.substring(0, equals).strip(),
            equals < 0 ? "" : text.substring(equals + 1).strip());
      }
    }
  }

  private void feedback(SdpLine a) throws SdpException {
    int blank = a.value().indexOf(' ');
    if (blank < 0) {
      return;
    }
    String value = a.value().substring(blank + 1).strip();
    String payloadType = a.value().substring(0, blank);
    CodecLines codec = known(payloadType);
    List<String> list =
        payloadType.equals("*") ? feedbackForAll : codec == null ? null : codec.feedback;
    if (list != null && !value.isEmpty() && !list.contains(value)) {
      a.limit(list.size(), MAX_FEEDBACK, "rtcp-fb lines for a payload type");
      list.add(value);
    }
  }

  /**
   * The codec of a payload type, or null when the m-line does not have it: browsers leave such
   * lines.
   */
  private @Nullable CodecLines known(String payloadType) {
    try {
      return codecs.get(Integer.parseInt(payloadType));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private void extension(SdpLine a) throws SdpException {
    String[] words = a.words();
    int slash = words[0].indexOf('/');
    String id = slash < 0 ? words[0] : words[0].substring(0, slash);
    if (words.length < 2) {
      throw a.fault("extmap is an id and a URI");
    }
    int number = (int) a.number(id, 1, 4351, "extmap id");
    Direction way = null;
    if (slash >= 0) {
      way =
          switch (words[0].substring(slash + 1)) {
            case "sendrecv" -> Direction.SENDRECV;
            case "sendonly" -> Direction.SENDONLY;
            case "recvonly" -> Direction.RECVONLY;
            case "inactive" -> Direction.INACTIVE;
            default -> throw a.fault("an extmap direction is one of four words");
          };
    }
    if (number <= 255) { // those from 4096 are offers to choose from, which browsers never make
      a.limit(section.extensions.size(), MAX_EXTENSIONS, "header extensions");
      section.extensions.add(new HeaderExtension(number, words[1], way));
    }
  }

  private void source(SdpLine a) throws SdpException {
    String[] words = SdpLine.words(a.value());
    long number = a.number(words[0], 0, 0xFFFF_FFFFL, "ssrc");
    Ssrc known = sources.get(number);
    if (known == null) {
      a.limit(sources.size(), MAX_SOURCES, "sources");
      known = new Ssrc(number, null, null);
    }
    String rest = a.value().strip().substring(words[0].length()).strip();
    if (rest.startsWith("cname:")) {
      known = new Ssrc(number, rest.substring(6), known.msid());
    } else if (rest.startsWith("msid:")) {
      known = new Ssrc(number, known.cname(), msid(rest.substring(5)));
    }
    sources.put(number, known);
  }

  private void sourceGroup(SdpLine a) throws SdpException {
    String[] words = a.words();
    a.limit(section.ssrcGroups.size(), MAX_SOURCES, "source groups");
    a.limit(words.length - 2, MAX_SOURCES, "sources in a group");
    List<Long> members = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      members.add(a.number(words[i], 0, 0xFFFF_FFFFL, "ssrc"));
    }
    if (words[0].isEmpty() || members.isEmpty()) {
      throw a.fault("ssrc-group is a meaning and its sources");
    }
    section.ssrcGroups.add(new SsrcGroup(words[0], members));
  }

  private void rid(SdpLine a) throws SdpException {
    String[] words = a.words();
    if (words.length < 2 || !(words[1].equals("send") || words[1].equals("recv"))) {
      throw a.fault("rid is an id and send or recv");
    }
    a.limit(section.rids.size(), MAX_RIDS, "rids");
    String restrictions =
        words.length > 2 ? String.join(" ", List.of(words).subList(2, words.length)) : "";
    section.rids.add(new Rid(words[0], words[1].equals("send"), restrictions));
  }

  private static Simulcast simulcast(SdpLine a) throws SdpException {
    String[] words = a.words();
    List<String> send = List.of();
    List<String> receive = List.of();
    for (int i = 0; i + 1 < words.length; i += 2) {
      List<String> layers = List.of(words[i + 1].split(";", -1));
      a.limit(layers.size() - 1, MAX_RIDS, "layers");
      switch (words[i]) {
        case "send" -> send = layers;
        case "recv" -> receive = layers;
        default -> throw a.fault("simulcast has send and recv");
      }
    }
    return new Simulcast(send, receive);
  }

  private static Msid msid(String value) {
    String[] words = SdpLine.words(value);
    return new Msid(words[0], words.length > 1 ? words[1] : "");
  }

  private static boolean isToken(String text, int max) {
    return !text.isEmpty()
        && text.length() <= max
        && text.chars().allMatch(c -> c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]".indexOf(c) < 0);
  }

  int line() {
    return line;
  }

  boolean allowsMixed() {
    return allowsMixed;
  }

  MediaDescription build(SdpParser.SessionLevel session) throws SdpException {
    if (section.mid.isEmpty()) {
      throw new SdpException(line, "a media section without a=mid");
    }
    section.direction = direction != null ? direction : session.direction;
    section.ice =
        SdpParser.credentials(
            ufrag != null ? ufrag : session.ufrag,
            password != null ? password : session.password,
            line);
    if (section.fingerprint == null) {
      section.fingerprint = session.fingerprint;
    }
    if (section.setup == null) {
      section.setup = session.setup;
    }
    section.ssrcs.addAll(sources.values());
    codecs.forEach(
        (payloadType, codec) -> {
          if (codec.name != null) {
            List<String> feedback = new ArrayList<>(codec.feedback);
            feedbackForAll.stream()
                .filter(f -> !feedback.contains(f))
                .limit(MAX_FEEDBACK - feedback.size())
                .forEach(feedback::add);
            section.codecs.add(
                new Codec(
                    payloadType,
                    codec.name,
                    codec.clockRate,
                    codec.channels,
                    lowerCaseKeys(codec.parameters),
                    feedback));
          }
        });
    return section.build();
  }

  /** Names of parameters compare without case (RFC 4855 section 3). */
  private static Map<String, String> lowerCaseKeys(Map<String, String> parameters) {
    Map<String, String> lower = new LinkedHashMap<>();
    parameters.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
    return lower;
  }
}
