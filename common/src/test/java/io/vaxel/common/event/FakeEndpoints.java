package io.vaxel.common.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/** Endpoints without a network: a test says what they answer, and sees what they were asked. */
final class FakeEndpoints implements EndpointClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile Behaviour behaviour = request -> answer(200);

  /** What an endpoint does. */
  interface Behaviour {
    Answer answer(Asked asked) throws IOException;
  }

  /** A request with its body. */
  record Asked(HttpRequest request, String body) {
    String header(String name) {
      return request.headers().firstValue(name).orElse("");
    }

    /** The event, of either schema. */
    JsonNode event() {
      try {
        JsonNode json = JSON.readTree(body);
        return json.isArray() ? json.path(0) : json;
      } catch (JsonProcessingException e) {
        throw new AssertionError(body, e);
      }
    }

    boolean isNotification() {
      return header("aeg-event-type").equals("Notification");
    }
  }

  static Answer answer(int status) {
    return answer(status, Map.of(), "");
  }

  static Answer answer(int status, Map<String, String> headers, String body) {
    Map<String, List<String>> lists = new java.util.HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return new Answer(status, HttpHeaders.of(lists, (name, value) -> true), body);
  }

  /** Agrees to every handshake and otherwise does as told. */
  void agreeAnd(Behaviour other) {
    behaviour =
        request -> {
          if (request.header("aeg-event-type").equals("SubscriptionValidation")) {
            String code = request.event().at("/data/validationCode").asText();
            return answer(200, Map.of(), "{\"validationResponse\":\"" + code + "\"}");
          }
          return request.request().method().equals("OPTIONS")
              ? answer(200, Map.of("WebHook-Allowed-Origin", "*"), "")
              : other.answer(request);
        };
  }

  void behave(Behaviour other) {
    behaviour = other;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  List<Asked> notifications() {
    return asked().stream().filter(Asked::isNotification).toList();
  }

  @Override
  public Answer ask(HttpRequest request) throws IOException {
    Asked now = new Asked(request, bodyOf(request));
    asked.add(now);
    return behaviour.answer(now);
  }

  private static String bodyOf(HttpRequest request) {
    BodySubscriber<String> body = BodySubscribers.ofString(StandardCharsets.UTF_8);
    request
        .bodyPublisher()
        .orElseThrow()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                body.onSubscribe(subscription);
              }

              @Override
              public void onNext(ByteBuffer item) {
                body.onNext(List.of(item));
              }

              @Override
              public void onError(Throwable failure) {
                body.onError(failure);
              }

              @Override
              public void onComplete() {
                body.onComplete();
              }
            });
    return body.getBody().toCompletableFuture().join();
  }

  @Override
  public void close() {}
}
