package io.vaxel.common.background;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual thread that looks for work: at once when woken, and at an interval, because another
 * process may have made it or time may have. A look that fails is logged and repeated.
 */
public final class Poller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final String name;
  private final Wakeup wakeup;
  private final Duration interval;
  private final Runnable look;
  private volatile boolean stopped;
  private boolean failing;
  private @Nullable Thread thread;

  /**
   * Made, not started.
   *
   * @param look one pass over the work there is; it returns when there is none left
   */
  public Poller(String name, Wakeup wakeup, Duration interval, Runnable look) {
    this.name = name;
    this.wakeup = wakeup;
    this.interval = interval;
    this.look = look;
  }

  /** Begins to look. Once only. */
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException(name + " was started before");
    }
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    while (!stopped) {
      lookOnce();
      try {
        wakeup.await(interval);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void lookOnce() {
    try {
      look.run();
      if (failing) {
        LOG.info("{} works again", name);
        failing = false;
      }
    } catch (RuntimeException e) {
      // A database that is down for an hour must not fill the log.
      if (!failing && !stopped) {
        LOG.warn("{} failed and tries again every {}", name, interval, e);
      }
      failing = true;
    }
  }

  /** Stops after the pass that runs, waiting for it up to ten seconds. */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      running = thread;
    }
    stopped = true;
    wakeup.wake();
    if (running == null) {
      return;
    }
    try {
      if (!running.join(Duration.ofSeconds(10))) {
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
