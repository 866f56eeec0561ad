package io.vaxel.benchmarks.load;

import io.vaxel.client.ClientMedia;
import java.util.concurrent.ExecutionException;

/** Reads and changes what lives on the media loop, from the thread of a command. */
final class MediaThread {
  private MediaThread() {}

  /** Runs {@code action} on the loop and waits for its end. */
  static void on(ClientMedia media, Runnable action) throws InterruptedException {
    try {
      media.loop().eventLoop().submit(() -> media.loop().runInBatch(action)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits until the loop has done what it was asked before. */
  static void await(ClientMedia media) throws InterruptedException {
    on(media, () -> {});
  }
}
