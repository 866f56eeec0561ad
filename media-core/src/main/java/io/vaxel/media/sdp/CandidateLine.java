package io.vaxel.media.sdp;

import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.stun.IceCandidate.TcpType;
import io.vaxel.media.stun.IceCandidate.Transport;
import io.vaxel.media.stun.IceCredentials;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code a=candidate} (RFC 8839 section 5.1), read and written. */
final class CandidateLine {
  private CandidateLine() {}

  /** The candidate, or null when its transport or type is none that we know. */
  static @Nullable IceCandidate parse(SdpLine line) throws SdpException {
    String[] words = line.words();
    if (words.length < 8 || !words[6].equals("typ")) {
      throw line.fault("candidate has eight fields and 'typ' as the seventh");
    }
    if (!IceCredentials.isIceChars(words[0], 1, 32)) {
      throw line.fault("a foundation is 1 to 32 ice-chars");
    }
    int component = (int) line.number(words[1], 1, 256, "component");
    long priority = line.number(words[3], 0, 0xFFFF_FFFFL, "priority");
    int port = (int) line.number(words[5], 0, 65535, "port");
    Transport transport = find(Transport.values(), words[2]);
    IceCandidate.Type type = find(IceCandidate.Type.values(), words[7]);
    TcpType tcpType = null;
    for (int i = 8; i + 1 < words.length; i += 2) {
      if (words[i].equals("tcptype")) {
        tcpType = find(TcpType.values(), words[i + 1]);
      }
    }
    if (transport == null || type == null || (transport == Transport.TCP && tcpType == null)) {
      return null;
    }
    return new IceCandidate(
        words[0],
        component,
        transport,
        priority,
        words[4],
        port,
        type,
        transport == Transport.TCP ? tcpType : null);
  }

  private static <E extends Enum<E>> @Nullable E find(E[] values, String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    for (E value : values) {
      if (value.name().equals(wanted)) {
        return value;
      }
    }
    return null;
  }

  /** The value of the attribute. */
  static String write(IceCandidate candidate) {
    StringBuilder text = new StringBuilder();
    text.append(candidate.foundation()).append(' ');
    text.append(candidate.component()).append(' ');
    text.append(candidate.transport().name().toLowerCase(Locale.ROOT)).append(' ');
    text.append(candidate.priority()).append(' ');
    text.append(candidate.address()).append(' ');
    text.append(candidate.port()).append(" typ ").append(candidate.type().sdpName());
    if (candidate.type() != IceCandidate.Type.HOST) {
      text.append(" raddr 0.0.0.0 rport 0"); // required, and nobody's business
    }
    TcpType tcpType = candidate.tcpType();
    if (tcpType != null) {
      text.append(" tcptype ").append(tcpType.sdpName());
    }
    return text.toString();
  }
}
