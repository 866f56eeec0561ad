package io.vaxel.media.sfu;

import io.vaxel.media.dtls.DtlsContext;
import io.vaxel.media.dtls.DtlsIdentity;
import io.vaxel.media.dtls.DtlsSettings;
import io.vaxel.media.srtp.LibcryptoEngine;
import io.vaxel.media.srtp.SrtpEngine;
import io.vaxel.media.srtp.SrtpEngines;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.MediaPort;
import io.vaxel.media.transport.MediaSecurity;
import io.vaxel.media.transport.UdpPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The selective forwarding unit of one process: its loops and their ports. Safe for any thread. */
public final class Sfu implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sfu.class);

  private final List<Router.Home> homes = new ArrayList<>();
  private final DtlsContext dtls;
  private final SrtpEngine engine;

  /**
   * Starts the loops and opens their ports.
   *
   * @throws IOException when a port cannot be opened; nothing stays open then
   */
  public Sfu(SfuConfig config) throws IOException {
    this.dtls = new DtlsContext(DtlsSettings.DEFAULTS);
    this.engine =
        config.srtpEngine().equals("auto")
            ? SrtpEngines.best()
            : SrtpEngines.named(config.srtpEngine());
    MediaSecurity security = new MediaSecurity(dtls, DtlsIdentity.generate(), engine);
    try {
      for (int i = 0; i < config.loops(); i++) {
        homes.add(open(config, i, security));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    log.info("media on {} loops with SRTP by {}", config.loops(), engine.name());
  }

  private static Router.Home open(SfuConfig config, int index, MediaSecurity security)
      throws IOException {
    MediaLoop loop = new MediaLoop("media-" + index, config.packetsPerLoop());
    int number = config.firstPort() == 0 ? 0 : config.firstPort() + index;
    InetSocketAddress bind = new InetSocketAddress(config.bind(), number);
    try {
      MediaPort port =
          onLoop(loop, () -> new MediaPort(loop, security, bind, config.udp(), config.tcp()));
      return new Router.Home(
          loop, port, LocalAddresses.candidates(config, index, port.number()), security.identity());
    } catch (IOException | RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  private static <T> T onLoop(MediaLoop loop, Callable<T> task) throws IOException {
    try {
      return loop.eventLoop().submit(task).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Opens a router on the least loaded loop. */
  public Router openRouter(RouterListener listener) {
    Router.Home least = homes.get(0);
    for (Router.Home home : homes) {
      if (home.loop().load() < least.loop().load()) {
        least = home;
      }
    }
    return new Router(least, listener);
  }

  /** The loops' port numbers. */
  public List<Integer> ports() {
    return homes.stream().map(home -> home.port().number()).toList();
  }

  /** What is in use now, summed over the loops. Waits for each loop to answer; not for a loop. */
  public SfuUsage usage() {
    SfuUsage sum =
        SfuUsage.ofSecurity(
            dtls.liveAssociations(),
            engine instanceof LibcryptoEngine counting ? counting.openContexts() : 0);
    for (Router.Home home : homes) {
      try {
        sum = sum.plus(onLoop(home.loop(), () -> usage(home)));
      } catch (IOException e) {
        throw new IllegalStateException("a media loop does not answer", e);
      }
    }
    return sum;
  }

  private static SfuUsage usage(Router.Home home) {
    UdpPort udp = home.port().udp();
    return new SfuUsage(
        home.loop().load(),
        home.port().transports(),
        home.loop().pool().inUse(),
        home.loop().timerCount(),
        home.port().openTcpConnections() + (udp == null ? 0 : udp.claimedPaths()),
        0,
        0,
        udp == null ? 0 : udp.counters().received(),
        udp == null ? 0 : udp.counters().sent(),
        udp == null ? 0 : udp.counters().dropped(),
        udp == null ? 0 : udp.counters().sendCalls());
  }

  /** Closes the ports and stops the loops; routers should have been closed. */
  @Override
  public void close() {
    for (Router.Home home : homes) {
      try {
        onLoop(
            home.loop(),
            () -> {
              home.port().close();
              return home;
            });
      } catch (IOException e) {
        log.warn("closing media port {}", home.port().number(), e);
      }
      home.loop().close();
    }
    homes.clear();
  }
}
