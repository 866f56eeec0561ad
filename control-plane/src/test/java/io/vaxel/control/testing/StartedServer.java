package io.vaxel.control.testing;

import io.vaxel.common.http.CorsPolicy;
import io.vaxel.common.http.FrontDoor;
import io.vaxel.common.http.FrontDoorConfig;
import io.vaxel.common.http.HttpLimits;
import io.vaxel.common.http.Routes;
import io.vaxel.common.storage.Database;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.common.tls.CertificateFolder;
import io.vaxel.common.tls.ServerNames;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.ResourceSettings;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** The whole control plane behind the real front door, over TLS on a free port of loopback. */
public final class StartedServer implements AutoCloseable {
  private final Database database;
  private final FrontDoor door;
  private final ControlPlane controlPlane;
  private final Path authority;

  public StartedServer(Path folder) throws Exception {
    this(TestStorage.SQLITE, folder);
  }

  public StartedServer(TestStorage storage, Path folder) throws Exception {
    this(storage, folder, ResourceSettings.defaults());
  }

  public StartedServer(TestStorage storage, Path folder, ResourceSettings resources)
      throws Exception {
    CertificateFolder certificates = new CertificateFolder(folder, InstantSource.system());
    authority = certificates.authorityFile();
    database = storage.open(folder);
    door =
        FrontDoor.open(
            new FrontDoorConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                HttpLimits.defaults(),
                CorsPolicy.ofOrigins(Set.of()),
                1),
            certificates.identityFor(ServerNames.ofThisMachine(List.of())));
    URI endpoint = URI.create("https://localhost:" + door.port() + "/");
    controlPlane =
        new ControlPlane(
            database,
            ControlPlane.Settings.of(endpoint, true).with(resources),
            InstantSource.system());
    ResourceConfig config = new ResourceConfig();
    controlPlane.restComponents().forEach(config::register);
    controlPlane.start();
    door.serve(new Routes(endpoint, config, List.of(), List.of()));
  }

  public ControlPlane controlPlane() {
    return controlPlane;
  }

  /** The certificate that clients must trust, PEM. */
  public Path authority() {
    return authority;
  }

  /** Trusts the server's authority and nothing else. */
  public SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    door.close();
    controlPlane.close();
    database.close();
  }
}
