package io.vaxel.media.dtls;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams on their way from the loop to an association's thread: many producers that never wait,
 * one consumer that parks. Full means the newest is refused.
 */
final class DatagramQueue {
  private final MpscArrayQueue<byte[]> datagrams;
  private volatile @Nullable Thread consumer;
  private volatile boolean closed;

  DatagramQueue(int capacity) {
    this.datagrams = new MpscArrayQueue<>(Math.max(2, capacity));
  }

  /** Adds a datagram; false when full or closed. Any thread; never waits. */
  boolean offer(byte[] datagram) {
    if (closed || !datagrams.offer(datagram)) {
      return false;
    }
    VarHandle.fullFence(); // the datagram is visible before the consumer is looked for
    LockSupport.unpark(consumer);
    return true;
  }

  /** Wakes the consumer for good. Any thread. */
  void close() {
    closed = true;
    LockSupport.unpark(consumer);
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * The next datagram, or null when none came within {@code nanos}, or the queue is closed. Only
   * one thread may ever call this.
   *
   * @param nanos longest wait; zero or less does not wait
   */
  byte @Nullable [] take(long nanos) {
    consumer = Thread.currentThread();
    long start = System.nanoTime();
    while (!closed) {
      byte[] datagram = datagrams.poll();
      if (datagram != null) {
        return datagram;
      }
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return null;
      }
      LockSupport.parkNanos(this, left);
    }
    return null;
  }
}
