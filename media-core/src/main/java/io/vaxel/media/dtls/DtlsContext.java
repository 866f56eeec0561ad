package io.vaxel.media.dtls;

import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/**
 * What all DTLS associations of a process share: cryptography, limits, the permits for handshakes
 * under way, threads and counters. Thread-safe. Needs no closing: threads end with their
 * associations.
 */
public final class DtlsContext {
  private final DtlsSettings settings;
  private final JcaTlsCrypto crypto = new GuardedCrypto(new SecureRandom());
  private final ThreadFactory threads = Thread.ofVirtual().name("dtls-", 0).factory();
  private final Semaphore permits;
  private final AtomicInteger live = new AtomicInteger();
  private final LongAdder handshakesRefused = new LongAdder();
  private final LongAdder datagramsFiltered = new LongAdder();
  private final LongAdder datagramsOverflowed = new LongAdder();

  /** A context with these limits; {@link DtlsSettings#DEFAULTS} suits a server. */
  public DtlsContext(DtlsSettings settings) {
    this.settings = settings;
    this.permits = new Semaphore(settings.handshakesInFlight());
  }

  /** The limits. */
  public DtlsSettings settings() {
    return settings;
  }

  /** Associations whose thread has begun and not ended. */
  public int liveAssociations() {
    return live.get();
  }

  /** Handshakes under way. */
  public int handshakesInFlight() {
    return settings.handshakesInFlight() - permits.availablePermits();
  }

  /** Handshakes refused as {@link DtlsFailure.Reason#BUSY}, since the start. */
  public long handshakesRefused() {
    return handshakesRefused.sum();
  }

  /** Datagrams that {@link DtlsFragmentFilter} dropped, since the start. */
  public long datagramsFiltered() {
    return datagramsFiltered.sum();
  }

  /** Datagrams dropped because an association's queue was full, since the start. */
  public long datagramsOverflowed() {
    return datagramsOverflowed.sum();
  }

  JcaTlsCrypto crypto() {
    return crypto;
  }

  /** Takes the permit for one handshake; false when all are taken. */
  boolean beginHandshake() {
    boolean begun = permits.tryAcquire();
    if (!begun) {
      handshakesRefused.increment();
    }
    return begun;
  }

  void endHandshake() {
    permits.release();
  }

  /** Runs an association's life on a virtual thread of its own. */
  void run(Runnable life) {
    live.incrementAndGet();
    threads
        .newThread(
            () -> {
              try {
                life.run();
              } finally {
                live.decrementAndGet();
              }
            })
        .start();
  }

  void countFiltered() {
    datagramsFiltered.increment();
  }

  void countOverflowed() {
    datagramsOverflowed.increment();
  }
}
