package io.vaxel.common.event;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Endpoints over HTTP. Redirects are not followed: where they lead was not agreed to. An answer is
 * waited for to its end, but not for longer than the request's time.
 */
final class HttpEndpointClient implements EndpointClient {
  private static final int MOST_BODY = 64 << 10;
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIME)
          .followRedirects(HttpClient.Redirect.NEVER)
          // Endpoints are many and deliveries small: upgrades would cost a round trip.
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final EndpointAddresses addresses;

  HttpEndpointClient(EndpointAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public Answer ask(HttpRequest request) throws IOException, InterruptedException {
    try {
      addresses.check(String.valueOf(request.uri().getHost()));
    } catch (EndpointAddresses.RefusedEndpointException e) {
      throw new IOException(e.getMessage(), e);
    }
    // The body of a success does not matter, be it endless: only a handshake reads it.
    boolean handshake =
        !request.headers().firstValue("aeg-event-type").orElse("").equals("Notification");
    BodyHandler<String> body =
        info ->
            handshake
                ? BodySubscribers.limiting(
                    BodySubscribers.ofString(StandardCharsets.UTF_8), MOST_BODY)
                : new NoBody();
    CompletableFuture<HttpResponse<String>> asked = http.sendAsync(request, body);
    try {
      HttpResponse<String> response =
          asked.get(request.timeout().orElse(CONNECT_TIME).toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      throw new IOException("no answer in time", e);
    } catch (ExecutionException e) {
      throw new IOException(reason(e.getCause() == null ? e : e.getCause()), e);
    } finally {
      asked.cancel(true);
    }
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
