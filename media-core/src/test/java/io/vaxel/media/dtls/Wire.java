package io.vaxel.media.dtls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a network without sockets: what happens to a datagram depends on its number
 * alone, counted from zero. Carries on the sender's thread.
 */
final class Wire {
  private final IntPredicate lost;
  private final IntPredicate doubled;
  private final IntPredicate late;
  private final List<byte[]> sent = new ArrayList<>();
  private boolean recordsApart;
  private byte @Nullable [] held;

  private Wire(IntPredicate lost, IntPredicate doubled, IntPredicate late) {
    this.lost = lost;
    this.doubled = doubled;
    this.late = late;
  }

  static Wire perfect() {
    return new Wire(n -> false, n -> false, n -> false);
  }

  static Wire losing(IntPredicate lost) {
    return new Wire(lost, n -> false, n -> false);
  }

  static Wire doubling() {
    return new Wire(n -> false, n -> true, n -> false);
  }

  /** Those datagrams arrive after their successors. */
  static Wire swapping(IntPredicate late) {
    return new Wire(n -> false, n -> false, late);
  }

  /** Sends every record as a datagram of its own, as some peers do. */
  Wire recordsApart() {
    recordsApart = true;
    return this;
  }

  synchronized void carry(byte[] datagram, Consumer<byte[]> receiver) {
    int end = datagram.length;
    for (int start = 0; start < datagram.length; start = end) {
      if (recordsApart) {
        end = start + 13 + ByteBuffer.wrap(datagram).getShort(start + 11);
      }
      carryOne(Arrays.copyOfRange(datagram, start, end), receiver);
    }
  }

  private void carryOne(byte[] datagram, Consumer<byte[]> receiver) {
    int number = sent.size();
    sent.add(datagram);
    notifyAll();
    if (lost.test(number)) {
      return;
    }
    byte[] before = held;
    held = null;
    if (before == null && late.test(number)) {
      held = datagram;
      return;
    }
    receiver.accept(datagram);
    if (doubled.test(number)) {
      receiver.accept(datagram);
    }
    if (before != null) {
      receiver.accept(before);
    }
  }

  /** Waits until so many datagrams were sent, lost ones included. */
  synchronized void awaitSent(int count) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    try {
      while (sent.size() < count) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError(sent.size() + " datagrams were sent, not " + count);
        }
        wait(left / 1_000_000 + 1);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  synchronized List<byte[]> sent() {
    return List.copyOf(sent);
  }
}
