package io.vaxel.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vaxel.common.http.FrontDoor;
import io.vaxel.media.sfu.Sfu;
import io.vaxel.signaling.call.Calls;
import io.vaxel.signaling.connection.CallingEndpoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What the server counts for Prometheus. */
final class ServerMetrics implements AutoCloseable {
  /** Buckets from a warm read to what a caller notices. */
  private static final Duration[] LATENCIES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Integer, Timer> requests = new ConcurrentHashMap<>();
  private final JvmGcMetrics collections = new JvmGcMetrics();

  ServerMetrics() {
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Counts what the front door holds. */
  void watch(FrontDoor door) {
    Gauge.builder("vaxel.http.connections", door, FrontDoor::connectionCount)
        .description("Open TCP connections of the front door, WebSockets included")
        .register(registry);
    Gauge.builder("vaxel.http.websockets", door, FrontDoor::webSocketCount)
        .description("Open WebSockets")
        .register(registry);
    Gauge.builder("vaxel.http.requests.in.flight", door, FrontDoor::requestsInFlight)
        .description("Requests being answered")
        .register(registry);
    Gauge.builder("vaxel.http.body.bytes", door, FrontDoor::bodyBytesInMemory)
        .description("Memory that request bodies take")
        .baseUnit("bytes")
        .register(registry);
    door.observe((status, nanos) -> timerOf(status).record(nanos, TimeUnit.NANOSECONDS));
  }

  /** Statuses are few, since all of them are ours. */
  private Timer timerOf(int status) {
    return requests.computeIfAbsent(
        status,
        code ->
            Timer.builder("vaxel.http.requests")
                .description("From the complete request to the last byte of its answer")
                .tag("status", String.valueOf(code))
                .serviceLevelObjectives(LATENCIES)
                .register(registry));
  }

  /** Counts calls and their media. */
  void watch(Calls calls, CallingEndpoint calling, Sfu sfu) {
    Gauge.builder("vaxel.calls", calls, Calls::callCount).description("Calls").register(registry);
    Gauge.builder("vaxel.call.participants", calls, Calls::participantCount)
        .description("Participants of all calls")
        .register(registry);
    Gauge.builder("vaxel.calling.connections", calling, CallingEndpoint::connectionCount)
        .description("Open sockets of the calling protocol")
        .register(registry);
    watchSessions(calling);
    FunctionCounter.builder("vaxel.media.packets.received", sfu, s -> s.usage().received())
        .description("UDP datagrams received")
        .register(registry);
    FunctionCounter.builder("vaxel.media.packets.sent", sfu, s -> s.usage().sent())
        .description("UDP datagrams sent")
        .register(registry);
    FunctionCounter.builder("vaxel.media.packets.dropped", sfu, s -> s.usage().dropped())
        .description("UDP datagrams that the operating system did not take")
        .register(registry);
    Gauge.builder("vaxel.media.transports", sfu, s -> s.usage().transports())
        .description("Peer connections")
        .register(registry);
    Gauge.builder("vaxel.media.packet.buffers", sfu, s -> s.usage().packetBuffers())
        .description("Packet buffers in use, 2 KiB each")
        .register(registry);
  }

  private void watchSessions(CallingEndpoint calling) {
    Gauge.builder("vaxel.calling.sessions", calling, CallingEndpoint::sessionCount)
        .description("Sessions of the calling protocol, those without a socket included")
        .register(registry);
    Gauge.builder("vaxel.calling.sessions.waiting", calling, CallingEndpoint::waitingSessionCount)
        .description("Sessions that lost their socket and wait for the next")
        .register(registry);
    FunctionCounter.builder(
            "vaxel.calling.sessions.resumed", calling, CallingEndpoint::resumedSessionCount)
        .description("Sessions that went on with another socket")
        .register(registry);
    FunctionCounter.builder(
            "vaxel.calling.sessions.over", calling, CallingEndpoint::lostSessionCount)
        .description("Sessions that ended while they waited for a socket")
        .register(registry);
    Gauge.builder("vaxel.calling.sessions.memory", calling, CallingEndpoint::sessionMemoryBytes)
        .description("What sessions keep for their next socket")
        .baseUnit("bytes")
        .register(registry);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
