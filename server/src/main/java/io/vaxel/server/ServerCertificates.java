package io.vaxel.server;

import io.vaxel.common.http.FrontDoor;
import io.vaxel.common.tls.CertificateFolder;
import io.vaxel.common.tls.ServerNames;
import io.vaxel.common.tls.TlsIdentity;
import io.vaxel.server.config.Advertised;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate of the front door: the operator's, or our own which is renewed while we run. */
public final class ServerCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificates.class);

  /** Often enough for an operator's file that is renewed some days before its end. */
  private static final Duration CHECK_EVERY = Duration.ofHours(12);

  private final ServerConfig config;
  private final CertificateFolder folder;

  public ServerCertificates(ServerConfig config, InstantSource clock) {
    this.config = config;
    this.folder = new CertificateFolder(config.data(), clock);
  }

  /** The identity to use now. Blocks on files. */
  TlsIdentity identity() throws IOException {
    if (config.http().hasOwnCertificate()) {
      return CertificateFolder.readIdentity(
          Path.of(config.http().certificate()), Path.of(config.http().key()));
    }
    return folder.identityFor(names());
  }

  /** The names that the certificate must be valid for. */
  public Set<String> names() throws IOException {
    List<String> advertised =
        new ArrayList<>(
            config.publicAddress().advertised().stream().map(Advertised::host).toList());
    if (!config.publicAddress().endpoint().isEmpty()) {
      String host = URI.create(config.publicAddress().endpoint()).getHost();
      advertised.add(host.replaceAll("[\\[\\]]", ""));
    }
    Set<String> names = ServerNames.ofThisMachine(advertised);
    String domain = config.publicAddress().domain();
    if (!domain.isEmpty()) {
      names.add(ServerNames.wildcard(domain));
    }
    return names;
  }

  /** The file that clients have to trust; of no use when the operator brought a certificate. */
  Path authorityFile() {
    return folder.authorityFile();
  }

  /** Looks again from time to time until closed, and gives the door what is new. */
  AutoCloseable keepFresh(FrontDoor door, TlsIdentity inUse) {
    Thread thread = Thread.ofVirtual().name("certificates").start(() -> watch(door, inUse));
    return thread::interrupt;
  }

  private void watch(FrontDoor door, TlsIdentity first) {
    TlsIdentity inUse = first;
    while (true) {
      try {
        Thread.sleep(CHECK_EVERY);
      } catch (InterruptedException e) {
        return;
      }
      try {
        TlsIdentity now = identity();
        if (!now.chain().equals(inUse.chain())) {
          door.use(now);
          inUse = now;
          LOG.info("new connections get the certificate that ends on {}", now.end());
        }
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn("the certificate stays as it is: {}", e.getMessage());
      }
    }
  }
}
