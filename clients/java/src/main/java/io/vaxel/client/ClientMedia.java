package io.vaxel.client;

import io.vaxel.media.dtls.DtlsContext;
import io.vaxel.media.dtls.DtlsIdentity;
import io.vaxel.media.dtls.DtlsSettings;
import io.vaxel.media.srtp.SrtpEngines;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.MediaSecurity;

/**
 * What the clients of one process share for their media: a loop, a certificate, crypto. Safe for
 * any thread.
 */
public final class ClientMedia implements AutoCloseable {
  private static final int PACKETS = 32_768;

  private final MediaLoop loop = new MediaLoop("client-media", PACKETS);
  private final MediaSecurity security =
      new MediaSecurity(
          new DtlsContext(DtlsSettings.DEFAULTS.withHandshakesInFlight(1024)),
          DtlsIdentity.generate(),
          SrtpEngines.best());

  private final boolean overTcp;

  /** Media that goes over UDP. */
  public ClientMedia() {
    this(false);
  }

  private ClientMedia(boolean overTcp) {
    this.overTcp = overTcp;
  }

  /** Media that goes over ICE-TCP, as behind a firewall that lets no UDP through. */
  public static ClientMedia newOverTcp() {
    return new ClientMedia(true);
  }

  boolean overTcp() {
    return overTcp;
  }

  /** The loop that carries all media of these clients. */
  public MediaLoop loop() {
    return loop;
  }

  MediaSecurity security() {
    return security;
  }

  /** Stops the loop; the clients must have been closed. */
  @Override
  public void close() {
    loop.close();
  }
}
