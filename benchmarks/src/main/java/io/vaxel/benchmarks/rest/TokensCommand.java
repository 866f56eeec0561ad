package io.vaxel.benchmarks.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.benchmarks.process.Report;
import io.vaxel.benchmarks.process.ServerOptions;
import io.vaxel.benchmarks.process.ServerProcess;
import io.vaxel.benchmarks.process.TimeOptions;
import io.vaxel.client.TrustedHttp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures signed token requests over TLS: a server in a process of its own, callers in this. */
@Command(
    name = "tokens",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start a server in a process of its own, ask it for user access tokens over TLS with",
      "signed requests, and report requests a second and what each costs the server."
    })
public final class TokensCommand implements Callable<Integer> {
  private static final String VERSION = "?api-version=2023-10-01";

  @Option(
      names = "--callers",
      paramLabel = "N",
      description = "Requests under way at once. Default: ${DEFAULT-VALUE}.")
  private int callers = 16;

  @Mixin private TimeOptions time = new TimeOptions();

  @Mixin private ServerOptions options = new ServerOptions();

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private final Histogram delays = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean stopped;

  @Override
  public Integer call() throws Exception {
    try (ServerProcess server = options.start(1);
        HttpClient http = TrustedHttp.trusting(server.authority());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AccessKeySigner signer = new AccessKeySigner(server.connectionString());
      String user = newUser(http, signer);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(threads.submit(() -> ask(http, signer, user)));
      }
      time.warmUp();
      delays.reset();
      double cpuBefore = server.cpuSeconds();
      long start = System.nanoTime();
      time.measure();
      double cpu = server.cpuSeconds() - cpuBefore;
      double elapsed = (System.nanoTime() - start) / 1e9;
      Map<String, Object> result = report(cpu, elapsed);
      result.put("rssMiB", server.residentMiB());
      stopped = true;
      for (Future<?> each : all) {
        each.get();
      }
      options.print(spec.commandLine().getOut(), result);
      return refused.get() == 0 ? 0 : 1;
    }
  }

  private @Nullable Void ask(HttpClient http, AccessKeySigner signer, String user)
      throws IOException, InterruptedException {
    String target = "/identities/" + user + "/:issueAccessToken" + VERSION;
    while (!stopped) {
      long begun = System.nanoTime();
      HttpRequest request = signer.post(target, "{\"scopes\":[\"chat\",\"voip\"]}");
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status == 200) {
        delays.recordValue(System.nanoTime() - begun);
      } else {
        refused.incrementAndGet();
      }
    }
    return null;
  }

  private static String newUser(HttpClient http, AccessKeySigner signer) throws Exception {
    String answer =
        http.send(signer.post("/identities" + VERSION, "{}"), HttpResponse.BodyHandlers.ofString())
            .body();
    return new ObjectMapper().readTree(answer).at("/identity/id").asText();
  }

  private Map<String, Object> report(double cpu, double elapsed) {
    long answered = delays.getTotalCount();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("callers", callers);
    result.put("tokensPerSecond", Math.round(answered / elapsed));
    result.put("tokensPerCpuSecond", Math.round(answered / Math.max(0.01, cpu)));
    result.put("cpuMicrosPerToken", Math.round(cpu * 1e6 / Math.max(1, answered)));
    result.put("cpuCores", Report.round(cpu / elapsed));
    result.put("latencyP50Ms", Report.round(delays.getValueAtPercentile(50) / 1e6));
    result.put("latencyP99Ms", Report.round(delays.getValueAtPercentile(99) / 1e6));
    result.put("refused", refused.get());
    return result;
  }
}
