package io.vaxel.media.transport;

import java.util.concurrent.atomic.AtomicLong;

/** Running totals of one UDP port. Written by its loop only, read by anybody as a recent value. */
public final class UdpCounters {
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong sendCalls = new AtomicLong();

  void addReceived(int datagrams) {
    add(received, datagrams);
  }

  void addSent(int datagrams) {
    add(sent, datagrams);
  }

  void addDropped(int datagrams) {
    add(dropped, datagrams);
  }

  void addSendCall() {
    add(sendCalls, 1);
  }

  /** A single writer needs no atomic addition. */
  private static void add(AtomicLong counter, int amount) {
    counter.setRelease(counter.getPlain() + amount);
  }

  /** Datagrams received. */
  public long received() {
    return received.getAcquire();
  }

  /** Datagrams handed to the operating system. */
  public long sent() {
    return sent.getAcquire();
  }

  /** Datagrams that the operating system did not take. */
  public long dropped() {
    return dropped.getAcquire();
  }

  /** System calls made for sending. */
  public long sendCalls() {
    return sendCalls.getAcquire();
  }
}
