package io.vaxel.common.http;

import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who answers a request: the order in {@link #dispatch} is the order in which paths are
 * matched. Runs on the connections' loops; what may block goes on a virtual thread.
 */
final class Dispatcher {
  private record Routing(
      RestBridge rest, Map<String, WebSocketEndpoint> webSockets, Routes routes) {}

  private final HttpLimits limits;
  private final CorsPolicy cors;
  private final ChannelGroup openSockets;
  private final Executor virtualThreads;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile @Nullable Routing routing;
  private volatile boolean stopping;
  private volatile RequestObserver observer = (status, nanos) -> {};

  Dispatcher(
      HttpLimits limits, CorsPolicy cors, ChannelGroup openSockets, Executor virtualThreads) {
    this.limits = limits;
    this.cors = cors;
    this.openSockets = openSockets;
    this.virtualThreads = virtualThreads;
  }

  CorsPolicy cors() {
    return cors;
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isReady() {
    return routing != null && !stopping;
  }

  int requestsInFlight() {
    return inFlight.get();
  }

  /** From now on requests reach these routes. */
  void serve(Routes routes, RestBridge rest) {
    routing =
        new Routing(
            rest,
            routes.webSockets().stream()
                .collect(
                    Collectors.toUnmodifiableMap(WebSocketEndpoint::path, Function.identity())),
            routes);
  }

  /** From now on this one is told of answers. */
  void observe(RequestObserver requests) {
    observer = requests;
  }

  /** From now on requests are refused, and connections end with their answer. */
  void stop() {
    stopping = true;
  }

  void dispatch(HttpExchange exchange) {
    exchange.observedBy(observer);
    RequestTarget target;
    try {
      target = RequestTarget.parse(exchange.facts().target());
    } catch (IllegalArgumentException e) {
      exchange.refuse(Refusal.BAD_TARGET);
      return;
    }
    String path = target.decodedPath();
    exchange.routed(cors, path);
    if (isPreflight(exchange)) {
      answerPreflight(exchange, path);
      return;
    }
    if (path.startsWith("/health/")) {
      answerHealth(exchange, path);
      return;
    }
    Routing now = routing;
    if (now == null || stopping) {
      exchange.refuse(Refusal.STOPPING);
      return;
    }
    WebSocketEndpoint endpoint = now.webSockets().get(path);
    if (endpoint != null) {
      if (cors.admits(exchange.header(HttpHeaderNames.ORIGIN), path)) {
        WebSocketUpgrade.to(endpoint, exchange, openSockets);
      } else {
        exchange.refuse(Refusal.ORIGIN);
      }
      return;
    }
    StaticContent page = pageAt(now.routes(), path);
    if (page != null) {
      onVirtualThread(exchange, () -> page.answer(exchange, target));
    } else {
      onVirtualThread(exchange, () -> now.rest().answer(exchange, target));
    }
  }

  private static boolean isPreflight(HttpExchange exchange) {
    return exchange.method().equals(HttpMethod.OPTIONS)
        && exchange.header(HttpHeaderNames.ORIGIN) != null
        && exchange.header(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD) != null;
  }

  private void answerPreflight(HttpExchange exchange, String path) {
    if (!cors.admits(exchange.header(HttpHeaderNames.ORIGIN), path)) {
      exchange.refuse(Refusal.ORIGIN);
      return;
    }
    HttpHeaders headers = new DefaultHttpHeaders();
    cors.applyPreflight(headers);
    exchange.answer(HttpResponseStatus.NO_CONTENT, headers, new byte[0]);
  }

  private void answerHealth(HttpExchange exchange, String path) {
    switch (path) {
      case "/health/live" -> health(exchange, HttpResponseStatus.OK, "live");
      case "/health/ready" -> {
        if (isReady()) {
          health(exchange, HttpResponseStatus.OK, "ready");
        } else {
          health(
              exchange, HttpResponseStatus.SERVICE_UNAVAILABLE, stopping ? "stopping" : "starting");
        }
      }
      default -> exchange.refuse(Refusal.NOT_FOUND);
    }
  }

  private static void health(HttpExchange exchange, HttpResponseStatus status, String word) {
    if (!exchange.method().equals(HttpMethod.GET) && !exchange.method().equals(HttpMethod.HEAD)) {
      exchange.refuse(Refusal.METHOD);
      return;
    }
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    byte[] body = ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
    exchange.answer(status, headers, body);
  }

  private static @Nullable StaticContent pageAt(Routes routes, String path) {
    for (StaticContent page : routes.pages()) {
      if (page.owns(path)) {
        return page;
      }
    }
    return null;
  }

  private void onVirtualThread(HttpExchange exchange, Runnable answer) {
    if (inFlight.incrementAndGet() > limits.maxRequestsInFlight()) {
      inFlight.decrementAndGet();
      exchange.refuse(Refusal.BUSY);
      return;
    }
    exchange.whenDone(inFlight::decrementAndGet);
    virtualThreads.execute(answer);
  }
}
