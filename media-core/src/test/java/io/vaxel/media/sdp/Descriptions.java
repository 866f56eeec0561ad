package io.vaxel.media.sdp;

import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.stun.IceCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Descriptions as browsers wrote them, and our ends of a connection, for tests. */
final class Descriptions {
  static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AB" + ":CD".repeat(31));

  static final LocalTransport SERVER =
      LocalTransport.server(
          new IceCredentials("abcdefgh", "abcdefghijklmnopqrstuvwx"),
          FINGERPRINT,
          List.of(
              IceCandidate.udpHost(new InetSocketAddress("192.0.2.1", 10000), 65535),
              IceCandidate.tcpPassiveHost(new InetSocketAddress("192.0.2.1", 10000), 65535)));

  static final LocalTransport CLIENT =
      LocalTransport.client(
          new IceCredentials("clientAA", "0123456789abcdefghijklmn"), FINGERPRINT);

  private Descriptions() {}

  /** The text of a resource beside this class. */
  static String text(String name) {
    try (InputStream in = Descriptions.class.getResourceAsStream(name + ".sdp")) {
      if (in == null) {
        throw new AssertionError("no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SessionDescription parsed(String name) throws SdpException {
    return SessionDescription.parse(text(name));
  }
}
