package io.vaxel.benchmarks.net;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is under way, ordered by when it is due; equals keep their order. Bounded: full means the
 * newest is refused. One thread only.
 *
 * @param <T> what is waiting
 */
final class DelayQueue<T> {
  private record Waiting<T>(long due, long number, T item) {}

  private final PriorityQueue<Waiting<T>> waiting =
      new PriorityQueue<>(
          (a, b) -> {
            int byTime = Long.signum(a.due - b.due); // a clock in nanoseconds may overflow
            return byTime != 0 ? byTime : Long.compare(a.number, b.number);
          });
  private final int capacity;
  private long number;

  DelayQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Adds an item, due at that nanosecond; false when full. */
  boolean add(long due, T item) {
    return waiting.size() < capacity && waiting.add(new Waiting<>(due, number++, item));
  }

  /** Takes the first item that is due at {@code now}, or null. */
  @Nullable T poll(long now) {
    Waiting<T> first = waiting.peek();
    if (first == null || first.due - now > 0) {
      return null;
    }
    waiting.remove();
    return first.item;
  }

  /** Nanoseconds until the first item is due, at least zero and at most {@code longest}. */
  long untilNext(long now, long longest) {
    Waiting<T> first = waiting.peek();
    return first == null ? longest : Math.clamp(first.due - now, 0, longest);
  }

  int size() {
    return waiting.size();
  }
}
