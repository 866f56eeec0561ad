package io.vaxel.client;

import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Error;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The requests of a session that wait for their answers, in order. Used on the loop. */
final class PendingRequests {
  /** What the server lets wait. */
  private static final int MAX = 100;

  private record Request(ClientMessage.Builder message, CompletableFuture<ServerMessage> answer) {}

  private final Map<Long, Request> waiting = new LinkedHashMap<>();

  /** Adds a request that has its id; false, and the answer failed, when too many wait. */
  boolean add(ClientMessage.Builder message, CompletableFuture<ServerMessage> answer) {
    if (waiting.size() >= MAX) {
      answer.completeExceptionally(
          new IllegalStateException(MAX + " requests wait for their answers already"));
      return false;
    }
    waiting.put(message.getRequestId(), new Request(message, answer));
    return true;
  }

  /** Hands every message that is unanswered to {@code sending}, oldest first. */
  void sendAgain(Consumer<ClientMessage.Builder> sending) {
    waiting.values().forEach(request -> sending.accept(request.message));
  }

  /** Takes an answer; one that nothing waits for, as for a Ping, is ignored. */
  void answered(ServerMessage message) {
    Request request = waiting.remove(message.getInReplyTo());
    if (request == null) {
      return;
    }
    if (message.hasError()) {
      request.answer.completeExceptionally(refusal(message.getError()));
    } else {
      request.answer.complete(message);
    }
  }

  /** Fails everything that waits. */
  void fail(RuntimeException why) {
    List<Request> unanswered = new ArrayList<>(waiting.values());
    waiting.clear();
    unanswered.forEach(request -> request.answer.completeExceptionally(why));
  }

  static CallException refusal(Error error) {
    return new CallException(error.getCode(), error.getSubCode(), error.getMessage());
  }
}
