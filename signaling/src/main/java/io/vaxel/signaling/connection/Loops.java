package io.vaxel.signaling.connection;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks for loops that may have stopped; nothing that lived on a stopped loop needs them. */
final class Loops {
  private static final Logger log = LoggerFactory.getLogger(Loops.class);

  private Loops() {}

  /** Runs a task on a loop, after those that wait there. */
  static void execute(EventExecutor loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      log.debug("A task came too late for its loop");
    }
  }

  /** Runs a task at once when this is the loop's thread, otherwise as {@link #execute}. */
  static void run(EventExecutor loop, Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      execute(loop, task);
    }
  }
}
