package io.vaxel.media.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vaxel.media.packet.PacketPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with everything that runs on it: sockets, timers, packet memory. A call lives on one
 * loop, so nothing of a call needs a lock. Work happens in batches: what a batch has to send is
 * collected and leaves when the batch ends.
 *
 * <p>Everything but {@link #execute}, {@link #load} and {@link #close} is for the loop's own
 * thread.
 */
public final class MediaLoop implements AutoCloseable {
  /** Work that is done once when the current batch of received packets ends. */
  public interface BatchTask {
    void batchEnded();
  }

  private static final Logger log = LoggerFactory.getLogger(MediaLoop.class);

  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop eventLoop;
  private final boolean nativeTransport;
  private final PacketPool pool;
  private final TimerWheel timers = new TimerWheel(System.nanoTime());
  private final List<BatchTask> batchTasks = new ArrayList<>();
  private final List<UdpPort> dirtyPorts = new ArrayList<>();
  private final AtomicInteger load = new AtomicInteger();
  private int batchDepth;
  private int openPorts;
  private boolean flushScheduled;
  private @Nullable Future<?> timerWakeUp;
  private long timerWakeUpNanos;

  /**
   * Starts a loop.
   *
   * @param name of its thread
   * @param packetLimit the most packet buffers (2 KiB each) that the loop may own
   */
  public MediaLoop(String name, int packetLimit) {
    this(name, packetLimit, Epoll.isAvailable());
  }

  /** As above, with Netty's portable transport when {@code nativeTransport} is false. */
  public MediaLoop(String name, int packetLimit, boolean nativeTransport) {
    this.nativeTransport = nativeTransport;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory(name, true),
            nativeTransport ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.eventLoop = group.next();
    this.pool = new PacketPool(packetLimit);
  }

  /** Netty's view of this loop, for TCP channels and tasks. */
  public EventLoop eventLoop() {
    return eventLoop;
  }

  boolean isNative() {
    return nativeTransport;
  }

  public PacketPool pool() {
    return pool;
  }

  /** Monotonic nanoseconds, the clock of {@link #schedule}. */
  public long nanoTime() {
    return System.nanoTime();
  }

  /** Calls that live here, to choose the least loaded loop by. Any thread. */
  public int load() {
    return load.get();
  }

  /** Adds to {@link #load}; negative when calls end. Any thread. */
  public void addLoad(int calls) {
    load.addAndGet(calls);
  }

  /** Runs {@code task} on the loop, with what it sends leaving when it ends. Any thread. */
  public void execute(Runnable task) {
    eventLoop.execute(() -> runInBatch(task));
  }

  /** Runs {@code task} now, with what it sends leaving when it ends. */
  public void runInBatch(Runnable task) {
    beginBatch();
    try {
      task.run();
    } finally {
      endBatch();
    }
  }

  /** Sets or moves a deadline; it is met within {@link TimerWheel#TICK_NANOS}. */
  public void schedule(TimerWheel.Timer timer, long deadlineNanos) {
    timers.schedule(timer, deadlineNanos);
    if (batchDepth == 0) {
      wakeForTimers();
    }
  }

  public void cancel(TimerWheel.Timer timer) {
    timers.cancel(timer);
  }

  /** Has {@code task} called once when the current batch ends; at once when there is none. */
  public void atBatchEnd(BatchTask task) {
    if (batchDepth == 0) {
      task.batchEnded();
    } else {
      batchTasks.add(task);
    }
  }

  /** Begins collecting what is sent; every call is paired with {@link #endBatch}. */
  public void beginBatch() {
    batchDepth++;
  }

  /** Ends a batch: runs what waits for its end, and flushes ports when it was the outermost. */
  public void endBatch() {
    if (batchDepth > 1) {
      batchDepth--;
      return;
    }
    try {
      runBatchTasks();
      flushPorts();
    } finally {
      batchDepth = 0;
      wakeForTimers();
    }
  }

  /** Runs what waits for the end of the batch. A failing task does not stop the others. */
  void runBatchTasks() {
    for (int i = 0; i < batchTasks.size(); i++) {
      try {
        batchTasks.get(i).batchEnded();
      } catch (RuntimeException e) {
        log.error("a batch task failed", e);
      }
    }
    batchTasks.clear();
  }

  /** Has {@code port} flushed when the current batch ends, or soon when there is none. */
  void flushLater(UdpPort port) {
    if (!dirtyPorts.contains(port)) {
      dirtyPorts.add(port);
    }
    if (batchDepth == 0 && !flushScheduled) {
      flushScheduled = true;
      eventLoop.execute(
          () -> {
            flushScheduled = false;
            flushPorts();
          });
    }
  }

  void portOpened() {
    openPorts++;
  }

  void portClosed() {
    openPorts--;
  }

  /** UDP ports that are open on this loop. */
  int openPorts() {
    return openPorts;
  }

  private void flushPorts() {
    for (int i = 0; i < dirtyPorts.size(); i++) {
      dirtyPorts.get(i).flush();
    }
    dirtyPorts.clear();
  }

  /** Makes sure that the loop wakes for its next deadline. */
  private void wakeForTimers() {
    long now = nanoTime();
    long delay = timers.nanosToNext(now);
    if (delay < 0) {
      return;
    }
    long at = now + delay;
    Future<?> pending = timerWakeUp;
    if (pending != null) {
      if (timerWakeUpNanos - at <= TimerWheel.TICK_NANOS / 2) {
        return;
      }
      pending.cancel(false);
    }
    timerWakeUpNanos = at;
    timerWakeUp = eventLoop.schedule(this::advanceTimers, delay, TimeUnit.NANOSECONDS);
  }

  private void advanceTimers() {
    timerWakeUp = null;
    runInBatch(() -> timers.advance(nanoTime()));
  }

  /** Deadlines that are set, for tests that look for leaks. */
  public int timerCount() {
    return timers.size();
  }

  /** Stops the thread and frees packet memory; ports must have been closed. Any other thread. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    pool.close();
  }
}
