package io.vaxel.benchmarks.rest;

import io.vaxel.benchmarks.process.Report;
import io.vaxel.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long a server takes to be ready, and what it holds when nobody calls. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run ./vaxel serve several times, each on an empty data folder, and report medians of the",
      "time from its process to its being ready, the CPU of that, and its memory when idle."
    })
public final class StartCommand implements Callable<Integer> {
  @Option(names = "--runs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int runs = 5;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      description =
          "How long to leave it alone before its memory is read. Default: ${DEFAULT-VALUE}.")
  private int idleSeconds = 15;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Double> ready = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      long begun = System.nanoTime();
      try (ServerProcess server = ServerProcess.startByScript()) {
        ready.add((System.nanoTime() - begun) / 1e9);
        cpu.add(server.cpuSeconds());
        TimeUnit.SECONDS.sleep(idleSeconds);
        memory.add((double) server.residentMiB());
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("runs", runs);
    result.put("readySeconds", median(ready));
    result.put("readySecondsAll", ready);
    result.put("cpuSeconds", median(cpu));
    result.put("idleMiB", median(memory));
    result.put("idleMiBAll", memory);
    Report.print(spec.commandLine().getOut(), json, result);
    return 0;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return Report.round(sorted.get(sorted.size() / 2));
  }
}
