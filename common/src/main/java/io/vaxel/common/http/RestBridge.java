package io.vaxel.common.http;

import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.ScheduledFuture;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Jakarta REST: hands exchanges to Jersey and its answers back. */
final class RestBridge {
  private static final Logger LOG = LoggerFactory.getLogger(RestBridge.class);

  private final ApplicationHandler application;
  private final URI base;
  private final Executor virtualThreads;

  RestBridge(ResourceConfig resources, URI publicEndpoint, Executor virtualThreads) {
    this.application = new ApplicationHandler(resources.register(BrokenAnswers.class));
    this.base = publicEndpoint;
    this.virtualThreads = virtualThreads;
  }

  /** Answers on the calling virtual thread, or later when the resource method says so. */
  void answer(HttpExchange exchange, RequestTarget target) {
    Writer writer = new Writer(exchange, virtualThreads);
    try {
      URI uri = URI.create(base.resolve("/") + target.path().substring(1) + target.query());
      ContainerRequest request =
          new ContainerRequest(
              base,
              uri,
              exchange.method().name(),
              new Caller(exchange.facts().secure()),
              new MapPropertiesDelegate(),
              application.getConfiguration());
      request.setProperty(RequestFacts.PROPERTY, exchange.facts());
      request.setProperty(Writer.class.getName(), writer);
      for (Map.Entry<String, String> header : exchange.request().headers()) {
        request.getHeaders().add(header.getKey(), header.getValue());
      }
      request.setEntityStream(new ByteBufInputStream(exchange.content()));
      request.setWriter(writer);
      application.handle(request);
    } catch (RuntimeException | Error e) {
      writer.failure(e);
    }
  }

  void close() {
    application.onShutdown(null);
  }

  /** Nobody is logged in as far as Jakarta REST knows; services check credentials themselves. */
  private record Caller(boolean isSecure) implements SecurityContext {
    @Override
    public @Nullable Principal getUserPrincipal() {
      return null;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
      return null;
    }
  }

  /**
   * Cuts the connection when an answer breaks in the middle: Jersey only logs that, and would end
   * the body as if it were complete.
   */
  @Priority(Integer.MIN_VALUE)
  static final class BrokenAnswers implements WriterInterceptor {
    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
      try {
        context.proceed();
      } catch (IOException | RuntimeException | Error e) {
        if (context.getProperty(Writer.class.getName()) instanceof Writer writer) {
          writer.broken(e);
        }
        throw e;
      }
    }
  }

  /** Takes one answer from Jersey. */
  private static final class Writer implements ContainerResponseWriter {
    private final HttpExchange exchange;
    private final Executor virtualThreads;
    private @Nullable AnswerStream stream;
    private @Nullable ScheduledFuture<?> suspendTimer;
    private @Nullable TimeoutHandler timeoutHandler;

    Writer(HttpExchange exchange, Executor virtualThreads) {
      this.exchange = exchange;
      this.virtualThreads = virtualThreads;
    }

    @Override
    public @Nullable OutputStream writeResponseStatusAndHeaders(
        long contentLength, ContainerResponse response) {
      cancelTimer();
      HttpHeaders headers = new DefaultHttpHeaders();
      for (Map.Entry<String, List<String>> header : response.getStringHeaders().entrySet()) {
        headers.add(header.getKey(), header.getValue());
      }
      // The length and framing are the front door's to set.
      headers.remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.TRANSFER_ENCODING);
      HttpResponseStatus status =
          HttpResponseStatus.valueOf(
              response.getStatus(), response.getStatusInfo().getReasonPhrase());
      if (status.code() >= 400 && !response.hasEntity()) {
        answerBare(status, headers);
        return null;
      }
      AnswerStream begun = exchange.stream(status, headers, contentLength);
      if (begun == null) {
        // Jersey tries its own error page after a failure that is answered already.
        return OutputStream.nullOutputStream();
      }
      stream = begun;
      return begun;
    }

    /** An error without a body still gets the error body that SDKs parse. */
    private void answerBare(HttpResponseStatus status, HttpHeaders headers) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
      String reason = status.reasonPhrase().replaceAll("[^A-Za-z ]", "");
      String body = Refusal.errorBody(reason.replace(" ", ""), reason + ".");
      exchange.answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean suspend(long timeOut, TimeUnit unit, TimeoutHandler handler) {
      timeoutHandler = handler;
      startTimer(timeOut, unit);
      return true;
    }

    @Override
    public void setSuspendTimeout(long timeOut, TimeUnit unit) {
      if (timeoutHandler == null) {
        throw new IllegalStateException("the request is not suspended");
      }
      cancelTimer();
      startTimer(timeOut, unit);
    }

    private void startTimer(long timeOut, TimeUnit unit) {
      TimeoutHandler handler = timeoutHandler;
      if (timeOut > AsyncResponse.NO_TIMEOUT && handler != null) {
        EventLoop loop = exchange.channel().eventLoop();
        suspendTimer =
            loop.schedule(
                () -> virtualThreads.execute(() -> handler.onTimeout(this)), timeOut, unit);
      }
    }

    private void cancelTimer() {
      ScheduledFuture<?> timer = suspendTimer;
      if (timer != null) {
        timer.cancel(false);
      }
    }

    @Override
    public void commit() {
      AnswerStream begun = stream;
      if (begun != null) {
        begun.close();
      } else if (!exchange.isCommitted()) {
        exchange.refuse(Refusal.INTERNAL);
      }
    }

    @Override
    public void failure(Throwable error) {
      cancelTimer();
      if (isDisconnect(error)) {
        LOG.debug("request {}: the caller went away", exchange.facts().requestId());
      } else {
        LOG.error("request {} failed", exchange.facts().requestId(), error);
      }
      AnswerStream begun = stream;
      if (begun != null) {
        begun.abort();
      } else {
        exchange.refuse(Refusal.INTERNAL);
      }
    }

    /** The body can't be written to its end. */
    void broken(Throwable error) {
      if (stream != null) {
        failure(error);
      }
    }

    private boolean isDisconnect(Throwable error) {
      return !exchange.channel().isActive()
          || (stream != null
              && (error instanceof IOException || error.getCause() instanceof IOException));
    }

    @Override
    public boolean enableResponseBuffering() {
      return true;
    }
  }
}
