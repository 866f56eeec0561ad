package io.vaxel.signaling.connection;

import io.vaxel.signaling.proto.ServerMessage;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the requests of a session, so that one that is sent again is not carried out
 * again. Keeps the answers with the highest ids; an id that is not above all forgotten ones may
 * have been carried out. Not safe for threads.
 */
final class RequestBook {
  /** What a kept answer takes besides its bytes, about. */
  private static final int OVERHEAD = 128;

  private final int maxAnswers;
  private final int maxBytes;
  private final MemoryBudget memory;
  private final Set<Long> open = new HashSet<>();

  /** By request id, which is unsigned. */
  private final TreeMap<Long, ServerMessage> answers = new TreeMap<>(Long::compareUnsigned);

  private long answerBytes;
  private long highestForgotten;

  RequestBook(int maxAnswers, int maxBytes, MemoryBudget memory) {
    this.maxAnswers = maxAnswers;
    this.maxBytes = maxBytes;
    this.memory = memory;
  }

  /** What is known of a request. */
  enum Known {
    /** It was never here. */
    NEW,
    /** It waits, or is being carried out. */
    OPEN,
    /** Its answer is kept. */
    ANSWERED,
    /** It may have been here, or not. */
    FORGOTTEN
  }

  Known find(long requestId) {
    if (open.contains(requestId)) {
      return Known.OPEN;
    }
    if (answers.containsKey(requestId)) {
      return Known.ANSWERED;
    }
    return Long.compareUnsigned(requestId, highestForgotten) > 0 ? Known.NEW : Known.FORGOTTEN;
  }

  /** The answer to a request, or null when it has none that is known. */
  @Nullable ServerMessage answer(long requestId) {
    return answers.get(requestId);
  }

  /** A new request begins. */
  void open(long requestId) {
    open.add(requestId);
  }

  /** A request is answered; does nothing when it is not open. */
  void answered(long requestId, ServerMessage answer) {
    if (!open.remove(requestId)) {
      return;
    }
    int cost = cost(answer);
    while (!answers.isEmpty() && (answers.size() >= maxAnswers || answerBytes + cost > maxBytes)) {
      forgetLowest();
    }
    while (cost > maxBytes || !memory.take(cost)) {
      if (answers.isEmpty()) {
        forgot(requestId);
        return;
      }
      forgetLowest();
    }
    answers.put(requestId, answer);
    answerBytes += cost;
  }

  /** Forgets everything. */
  void clear() {
    open.clear();
    while (!answers.isEmpty()) {
      forgetLowest();
    }
  }

  private void forgetLowest() {
    var lowest = answers.pollFirstEntry();
    int cost = cost(lowest.getValue());
    answerBytes -= cost;
    memory.give(cost);
    forgot(lowest.getKey());
  }

  private void forgot(long requestId) {
    if (Long.compareUnsigned(requestId, highestForgotten) > 0) {
      highestForgotten = requestId;
    }
  }

  private static int cost(ServerMessage answer) {
    return answer.getSerializedSize() + OVERHEAD;
  }
}
