package io.vaxel.server;

import io.vaxel.common.http.CorsPolicy;
import io.vaxel.common.http.FrontDoor;
import io.vaxel.common.http.FrontDoorConfig;
import io.vaxel.common.http.Routes;
import io.vaxel.common.http.WebSocketEndpoint;
import io.vaxel.common.storage.Database;
import io.vaxel.common.tls.TlsIdentity;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.ServiceSettings;
import io.vaxel.control.admin.LiveCounts;
import io.vaxel.control.admin.LiveResource;
import io.vaxel.control.identity.IdentityService;
import io.vaxel.media.sfu.Sfu;
import io.vaxel.media.sfu.SfuUsage;
import io.vaxel.server.config.ServerConfig;
import io.vaxel.signaling.call.CallEnvironment;
import io.vaxel.signaling.call.Calls;
import io.vaxel.signaling.call.Devices;
import io.vaxel.signaling.call.TelephoneNetwork;
import io.vaxel.signaling.connection.CallingEndpoint;
import io.vaxel.signaling.connection.SdkVersions;
import io.vaxel.signaling.media.SfuCallMedia;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. {@link #start} is where every part is made and given what it needs, top to
 * bottom; the same method serves the command line and tests, with ports 0 for free ones.
 */
public final class VaxelServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VaxelServer.class);

  private final URI endpoint;
  private final URI localEndpoint;
  private final int adminPort;
  private final Path authorityFile;
  private final ControlPlane controlPlane;
  private final Sfu sfu;
  private final Deque<AutoCloseable> parts;

  private VaxelServer(
      URI endpoint,
      int port,
      int adminPort,
      Path authorityFile,
      ControlPlane controlPlane,
      Sfu sfu,
      Deque<AutoCloseable> parts) {
    this.endpoint = endpoint;
    this.localEndpoint = URI.create("http://127.0.0.1:" + port + "/");
    this.adminPort = adminPort;
    this.authorityFile = authorityFile;
    this.controlPlane = controlPlane;
    this.sfu = sfu;
    this.parts = parts;
  }

  /**
   * Starts a server and returns when it answers. What was opened is closed again when a part fails.
   *
   * @throws IOException when a port or file can't be had; the message says which and why
   */
  public static VaxelServer start(ServerConfig config) throws IOException {
    return start(config, TelephoneNetwork.NONE);
  }

  /**
   * Starts a server whose calls reach telephones by {@code telephones}.
   *
   * @throws IOException when a port or file can't be had; the message says which and why
   */
  public static VaxelServer start(ServerConfig config, TelephoneNetwork telephones)
      throws IOException {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return start(config, telephones, parts);
    } catch (IOException | RuntimeException | Error e) {
      close(parts);
      throw e;
    }
  }

  private static VaxelServer start(
      ServerConfig config, TelephoneNetwork telephones, Deque<AutoCloseable> parts)
      throws IOException {
    InstantSource clock = InstantSource.system();
    Files.createDirectories(config.data());
    ServerMetrics metrics = opened(parts, new ServerMetrics());

    // The port is taken first: its number is in the endpoint, which tokens and links hold.
    ServerCertificates certificates = new ServerCertificates(config, clock);
    TlsIdentity identity = certificates.identity();
    FrontDoor door =
        opened(
            parts,
            FrontDoor.open(
                new FrontDoorConfig(
                    listenAddress(config.http().address(), config.http().port()),
                    config.http().limits().toHttpLimits(),
                    CorsPolicy.ofOrigins(Set.copyOf(config.http().corsOrigins())),
                    Runtime.getRuntime().availableProcessors()),
                identity));
    opened(parts, certificates.keepFresh(door, identity));
    metrics.watch(door);
    URI endpoint = config.endpoint(door.port());

    ResourceConfig rest = new ResourceConfig(FirstPageResource.class);
    rest.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    // A page that came over loopback HTTP stays there; services give absolute links themselves.
    rest.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    List<WebSocketEndpoint> webSockets = new ArrayList<>();

    Database database = opened(parts, Database.open(config.database()));
    ControlPlane controlPlane =
        opened(
            parts,
            new ControlPlane(
                database,
                ControlPlane.Settings.of(endpoint, config.development())
                    .with(
                        new ServiceSettings(
                            config.rooms().keepAfterEnd(),
                            config.phoneNumbers().toLimits(),
                            config.limits().toRateLimits()))
                    .with(config.resourceSettings())
                    .with(config.events().toSettings()),
                clock));
    controlPlane.restComponents().forEach(rest::register);
    controlPlane.start();

    Sfu sfu = opened(parts, new Sfu(MediaSettings.of(config)));
    Calls calls =
        new Calls(
            new CallEnvironment(
                SfuCallMedia.factory(sfu),
                SignalingSettings.callLimits(config.signaling()),
                config.calls().timeouts().toCallTimeouts(),
                new Devices(config.signaling().devicesPerUser()),
                telephones,
                clock,
                () -> UUID.randomUUID().toString()));
    ExecutorService blocking = opened(parts, Executors.newVirtualThreadPerTaskExecutor());
    CallingEndpoint calling =
        new CallingEndpoint(
            calls,
            controlPlane.rooms().directory(),
            controlPlane.identity().tokenAuthenticator(),
            blocking,
            clock,
            SdkVersions.published(),
            SignalingSettings.callingSettings(config.signaling()),
            Version.current());
    parts.push(calling::stop);
    controlPlane.revocations().listen(calling::heard);
    rest.register(
        new LiveResource(
            () ->
                new LiveCounts.Counts(
                    calling.connectionCount(), calls.callCount(), calls.participantCount())));
    webSockets.add(calling);
    metrics.watch(calls, calling, sfu);

    door.serve(new Routes(endpoint, rest, webSockets, WebPages.of(WebPages.folder())));
    AdminPort admin =
        opened(
            parts,
            AdminPort.open(
                listenAddress(config.admin().address(), config.admin().port()),
                metrics.registry()));
    return new VaxelServer(
        endpoint,
        door.port(),
        admin.port(),
        certificates.authorityFile(),
        controlPlane,
        sfu,
        parts);
  }

  private static InetSocketAddress listenAddress(String address, int port) {
    return address.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
  }

  private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
    parts.push(part);
    return part;
  }

  /** The address that clients use, with a slash at its end. */
  public URI endpoint() {
    return endpoint;
  }

  /** Plain HTTP for programs on this machine. */
  public URI localEndpoint() {
    return localEndpoint;
  }

  /** The port of {@code /metrics}. */
  public int adminPort() {
    return adminPort;
  }

  /** The certificate that clients have to trust when the operator brought none. */
  public Path authorityFile() {
    return authorityFile;
  }

  /** What applications configure their SDKs with; holds a secret. */
  public String connectionString() {
    return controlPlane.connectionString();
  }

  /** Users and tokens, for programs that embed a server. */
  public IdentityService identity() {
    return controlPlane.identity();
  }

  /** The services, for programs that embed a server. */
  public ControlPlane controlPlane() {
    return controlPlane;
  }

  /** What media holds and has done. Not for a media loop. */
  public SfuUsage mediaUsage() {
    return sfu.usage();
  }

  /** Stops gracefully within the stop time of the settings; the last part opened goes first. */
  @Override
  public void close() {
    close(parts);
  }

  private static void close(Deque<AutoCloseable> parts) {
    synchronized (parts) {
      while (!parts.isEmpty()) {
        try {
          parts.pop().close();
        } catch (Exception e) {
          LOG.warn("a part did not close", e);
        }
      }
    }
  }
}
