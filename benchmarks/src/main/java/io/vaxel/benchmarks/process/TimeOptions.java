package io.vaxel.benchmarks.process;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** How long a steady load is held. Set by picocli. */
public final class TimeOptions {
  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to measure. Default: ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Seconds of the same load before measuring. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 10;

  /** Whether there is anything to measure. */
  public boolean isValid() {
    return seconds >= 1 && warmUp >= 0;
  }

  /** Lets the load run before it is measured. */
  public void warmUp() throws InterruptedException {
    TimeUnit.SECONDS.sleep(warmUp);
  }

  /** Lets the load run while it is measured. */
  public void measure() throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
  }
}
