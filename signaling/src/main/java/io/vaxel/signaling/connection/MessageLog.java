package io.vaxel.signaling.connection;

import io.vaxel.signaling.proto.ServerMessage;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Numbers the messages of a session and keeps the last of them, without a gap, until the client has
 * them. When it may keep no more it forgets the oldest. Not safe for threads.
 */
final class MessageLog {
  /** What a kept message takes besides its bytes, about. */
  private static final int OVERHEAD = 32;

  private final int maxMessages;
  private final int maxBytes;
  private final MemoryBudget memory;

  /** Encoded; the last one has the number {@link #last}. */
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>();

  private long keptBytes;
  private long last;

  MessageLog(int maxMessages, int maxBytes, MemoryBudget memory) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
    this.memory = memory;
  }

  /** Gives a message the next number and keeps it if it can; returns what goes to the client. */
  byte[] append(ServerMessage message) {
    last++;
    byte[] encoded = message.toBuilder().setSequence(last).build().toByteArray();
    int cost = cost(encoded);
    while (!kept.isEmpty() && (kept.size() >= maxMessages || keptBytes + cost > maxBytes)) {
      forgetOldest();
    }
    while (!take(cost)) {
      if (kept.isEmpty()) {
        return encoded;
      }
      forgetOldest();
    }
    kept.add(encoded);
    keptBytes += cost;
    return encoded;
  }

  private boolean take(int cost) {
    return cost <= maxBytes && memory.take(cost);
  }

  /**
   * Forgets every message up to a number that the client has.
   *
   * @return false when no message had this number yet; nothing has changed then
   */
  boolean acknowledge(long sequence) {
    if (Long.compareUnsigned(sequence, last) > 0) {
      return false;
    }
    while (!kept.isEmpty() && last - kept.size() < sequence) {
      forgetOldest();
    }
    return true;
  }

  /** Whether every message after a number is still here. */
  boolean reachesBackTo(long sequence) {
    return Long.compareUnsigned(sequence, last) <= 0 && sequence >= last - kept.size();
  }

  /** Goes through what is kept, in order. */
  void replay(Consumer<byte[]> messages) {
    kept.forEach(messages);
  }

  /** Forgets everything. */
  void clear() {
    while (!kept.isEmpty()) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    int cost = cost(kept.remove());
    keptBytes -= cost;
    memory.give(cost);
  }

  private static int cost(byte[] encoded) {
    return encoded.length + OVERHEAD;
  }
}
