package io.vaxel.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vaxel.common.http.FrontDoor;

/** What the server counts for Prometheus. */
final class ServerMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
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
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
