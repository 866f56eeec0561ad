package io.vaxel.media.sdp;

import io.vaxel.media.stun.IceCandidate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one description, in the order that browsers use. Used once. */
final class SdpWriter {
  private final StringBuilder out = new StringBuilder(4096);

  String write(SessionDescription session) {
    line("v=0");
    line("o=- " + session.sessionId() + " " + session.version() + " IN IP4 127.0.0.1");
    line("s=-");
    line("t=0 0");
    if (!session.bundle().isEmpty()) {
      attribute("group", "BUNDLE " + String.join(" ", session.bundle()));
    }
    if (session.extmapAllowMixed()) {
      flag("extmap-allow-mixed", true);
    }
    flag("ice-lite", session.iceLite());
    session.media().forEach(this::section);
    return out.toString();
  }

  private void section(MediaDescription m) {
    line("m=" + m.kind().sdpName() + " " + m.port() + " " + m.protocol() + " " + formats(m));
    line("c=IN IP4 0.0.0.0");
    if (m.kind() != MediaKind.APPLICATION) {
      attribute("rtcp", "9 IN IP4 0.0.0.0");
    }
    transport(m);
    attribute("mid", m.mid());
    for (HeaderExtension extension : m.extensions()) {
      Direction direction = extension.direction();
      String way = direction == null ? "" : "/" + direction.sdpName();
      attribute("extmap", extension.id() + way + " " + extension.uri());
    }
    flag(m.direction().sdpName(), true);
    Msid msid = m.msid();
    if (msid != null) {
      attribute("msid", text(msid));
    }
    flag("rtcp-mux", m.rtcpMux());
    flag("rtcp-rsize", m.rtcpReducedSize());
    m.codecs().forEach(this::codec);
    sources(m);
    if (m.sctpPort() >= 0) {
      attribute("sctp-port", Integer.toString(m.sctpPort()));
    }
    if (m.maxMessageSize() >= 0) {
      attribute("max-message-size", Long.toString(m.maxMessageSize()));
    }
  }

  private static String formats(MediaDescription m) {
    if (m.kind() == MediaKind.APPLICATION) {
      return "webrtc-datachannel";
    }
    if (m.codecs().isEmpty()) {
      return "127"; // the grammar wants one, even where the section is rejected
    }
    return m.codecs().stream()
        .map(codec -> Integer.toString(codec.payloadType()))
        .collect(Collectors.joining(" "));
  }

  private void transport(MediaDescription m) {
    for (IceCandidate candidate : m.candidates()) {
      attribute("candidate", CandidateLine.write(candidate));
    }
    flag("end-of-candidates", m.endOfCandidates());
    if (m.ice() != null) {
      attribute("ice-ufrag", m.ice().ufrag());
      attribute("ice-pwd", m.ice().password());
    }
    if (m.fingerprint() != null) {
      attribute("fingerprint", m.fingerprint().algorithm() + " " + m.fingerprint().value());
    }
    if (m.setup() != null) {
      attribute("setup", m.setup().sdpName());
    }
    flag("bundle-only", m.bundleOnly());
  }

  private void codec(Codec codec) {
    String channels = codec.channels() > 1 ? "/" + codec.channels() : "";
    attribute(
        "rtpmap", codec.payloadType() + " " + codec.name() + "/" + codec.clockRate() + channels);
    for (String feedback : codec.feedback()) {
      attribute("rtcp-fb", codec.payloadType() + " " + feedback);
    }
    if (!codec.parameters().isEmpty()) {
      attribute(
          "fmtp",
          codec.payloadType()
              + " "
              + codec.parameters().entrySet().stream()
                  .map(SdpWriter::parameter)
                  .collect(Collectors.joining(";")));
    }
  }

  private static String parameter(Map.Entry<String, String> parameter) {
    return parameter.getValue().isEmpty()
        ? parameter.getKey()
        : parameter.getKey() + "=" + parameter.getValue();
  }

  private void sources(MediaDescription m) {
    for (Rid rid : m.rids()) {
      String restrictions = rid.restrictions().isEmpty() ? "" : " " + rid.restrictions();
      attribute("rid", rid.id() + (rid.send() ? " send" : " recv") + restrictions);
    }
    if (m.simulcast() != null) {
      attribute(
          "simulcast",
          (layers("send", m.simulcast().send()) + layers(" recv", m.simulcast().receive()))
              .strip());
    }
    for (SsrcGroup group : m.ssrcGroups()) {
      attribute(
          "ssrc-group",
          group.semantics()
              + group.ssrcs().stream().map(s -> " " + s).collect(Collectors.joining()));
    }
    for (Ssrc source : m.ssrcs()) {
      if (source.cname() != null) {
        attribute("ssrc", source.ssrc() + " cname:" + source.cname());
      }
      if (source.cname() == null && source.msid() == null) {
        attribute("ssrc", Long.toString(source.ssrc()));
      }
      if (source.msid() != null) {
        attribute("ssrc", source.ssrc() + " msid:" + text(source.msid()));
      }
    }
  }

  private static String layers(String way, List<String> layers) {
    return layers.isEmpty() ? "" : way + " " + String.join(";", layers);
  }

  private static String text(Msid msid) {
    return msid.track().isEmpty() ? msid.stream() : msid.stream() + " " + msid.track();
  }

  private void flag(String name, boolean present) {
    if (present) {
      line("a=" + name);
    }
  }

  private void attribute(String name, @Nullable String value) {
    line("a=" + name + ":" + value);
  }

  private void line(String text) {
    for (int i = 0; i < text.length(); i++) {
      // A value with a line break would smuggle lines into somebody else's description.
      if (text.charAt(i) < ' ' && text.charAt(i) != '\t') {
        throw new IllegalArgumentException("a control character in a session description");
      }
    }
    out.append(text).append("\r\n");
  }
}
