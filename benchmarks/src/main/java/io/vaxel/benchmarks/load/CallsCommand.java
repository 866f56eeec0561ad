package io.vaxel.benchmarks.load;

import io.vaxel.benchmarks.process.Report;
import io.vaxel.benchmarks.process.ServerOptions;
import io.vaxel.benchmarks.process.ServerProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Measures what calls cost the server apart from their media. */
@Command(
    name = "calls",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start a server in a process of its own, and hold idle 1:1 calls over it, or set calls up",
      "and hang them up at a rate: placed, rung for, answered, hung up. Over TLS and without media.",
      "Exits with 1 when a call failed."
    })
public final class CallsCommand implements Callable<Integer> {
  /** Calls that are being set up at once to be held. */
  private static final int AT_ONCE = 50;

  private static final int MAX = 20_000;

  private static final class What {
    @Option(names = "--hold", paramLabel = "CALLS", description = "Hold so many idle 1:1 calls.")
    int hold;

    @Option(
        names = "--rate",
        paramLabel = "N",
        description = "Set up so many calls a second, each hung up at once.")
    int rate;
  }

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @ArgGroup(multiplicity = "1")
  private What what;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Seconds.class,
      description = "How long, such as 60s or 2m. Default: 30s.")
  private int seconds = 30;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Pairs of users who share the rate. Default: one for each call a second.")
  private int pairs;

  @Mixin private ServerOptions options = new ServerOptions();

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  /** Reads 60s and 2m. */
  static final class Seconds implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[1-9][0-9]{0,4}[sm]")) {
        throw new TypeConversionException("a time is 60s or 2m, not " + text);
      }
      int number = Integer.parseInt(text.substring(0, text.length() - 1));
      return text.endsWith("m") ? 60 * number : number;
    }
  }

  @Override
  public Integer call() throws Exception {
    int wanted = Math.max(what.hold, what.rate);
    if (wanted < 1 || wanted > MAX || pairs < 0 || pairs > MAX) {
      throw new ParameterException(spec.commandLine(), "calls, rate and pairs are 1 to " + MAX);
    }
    Map<String, Object> findings = new LinkedHashMap<>();
    int failures;
    try (ServerProcess server = options.start(1)) {
      failures = what.hold > 0 ? hold(server, findings) : setUpAndHangUp(server, findings);
    }
    options.print(spec.commandLine().getOut(), findings);
    return failures == 0 ? 0 : 1;
  }

  private int hold(ServerProcess server, Map<String, Object> findings) throws Exception {
    memory("idle", server, findings);
    try (CallPairs users = CallPairs.signIn(server, what.hold)) {
      memory("signedIn", server, findings);
      long start = System.nanoTime();
      int failed = setUpAll(users.all());
      findings.put("calls", what.hold);
      findings.put("setUpSeconds", Report.round((System.nanoTime() - start) / 1e9));
      memory("calls", server, findings);
      double cpuBefore = server.cpuSeconds();
      TimeUnit.SECONDS.sleep(seconds);
      findings.put("cpuCores", Report.round((server.cpuSeconds() - cpuBefore) / seconds));
      memory("afterwards", server, findings);
      int lost = (int) users.all().stream().filter(pair -> pair.lostBecause() != null).count();
      findings.put("failedSetUps", failed);
      findings.put("lostCalls", lost - failed);
      users.all().stream()
          .map(CallPair::lostBecause)
          .filter(reason -> reason != null)
          .findFirst()
          .ifPresent(reason -> findings.put("firstFailure", reason));
      return lost + failed;
    }
  }

  /** Returns how many failed. */
  private static int setUpAll(List<CallPair> pairs) {
    int failed = 0;
    for (int i = 0; i < pairs.size(); i += AT_ONCE) {
      List<CompletableFuture<Void>> batch = new ArrayList<>();
      for (CallPair pair : pairs.subList(i, Math.min(i + AT_ONCE, pairs.size()))) {
        batch.add(pair.setUp());
      }
      for (CompletableFuture<Void> each : batch) {
        failed += each.handle((done, error) -> error == null ? 0 : 1).join();
      }
    }
    return failed;
  }

  private int setUpAndHangUp(ServerProcess server, Map<String, Object> findings) throws Exception {
    int users = pairs == 0 ? what.rate : pairs;
    try (CallPairs all = CallPairs.signIn(server, users)) {
      // The compilers and the heap find their sizes first.
      new SetUps(all.all(), what.rate).run(Math.min(seconds, 15));
      memory("before", server, findings);
      double cpuBefore = server.cpuSeconds();
      SetUps measured = new SetUps(all.all(), what.rate);
      measured.run(seconds);
      double cpu = server.cpuSeconds() - cpuBefore;
      memory("after", server, findings);
      findings.put("ratePerSecond", what.rate);
      findings.put("seconds", seconds);
      measured.report(findings);
      findings.put("cpuCores", Report.round(cpu / seconds));
      return measured.failures();
    }
  }

  private static void memory(String when, ServerProcess server, Map<String, Object> findings)
      throws Exception {
    findings.put(when + "LiveHeapMiB", Report.round(server.liveHeapMiB()));
    findings.put(when + "RssMiB", server.residentMiB());
  }
}
