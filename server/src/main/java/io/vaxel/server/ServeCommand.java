package io.vaxel.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.server.config.ConfigException;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a server until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start the server. The first start makes its keys and its certificate.",
      "GET /health/ready answers 200 when it is up; SIGTERM or Ctrl-C stops it gracefully."
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--development",
      description = {
        "Give the demo page tokens without a back end,",
        "to callers on this machine only."
      })
  private boolean development;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    Map<String, Object> more = new HashMap<>();
    if (development) {
      more.put("development", true);
    }
    ServerConfig config = common.load(more);
    CountDownLatch stopped = new CountDownLatch(1);
    VaxelServer server = VaxelServer.start(config);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    print(server, config);
    stopped.await();
    return 0;
  }

  private void print(VaxelServer server, ServerConfig config) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("endpoint", server.endpoint().toString());
    facts.put("connectionString", server.connectionString());
    facts.put("demo", server.localEndpoint().resolve("/demo/").toString());
    facts.put(
        "metrics", "http://" + config.admin().address() + ":" + server.adminPort() + "/metrics");
    if (!config.http().hasOwnCertificate()) {
      facts.put("authority", server.authorityFile().toAbsolutePath().toString());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(facts));
    } else {
      out.println("Vaxel is up.");
      out.println("  endpoint           " + facts.get("endpoint"));
      out.println("  connection string  " + facts.get("connectionString"));
      out.println("  demo               " + facts.get("demo") + "  (on this machine)");
      out.println("  metrics            " + facts.get("metrics"));
      if (facts.containsKey("authority")) {
        out.println("  trust this file    " + facts.get("authority"));
      }
      if (config.development()) {
        out.println("  DEVELOPMENT MODE: pages on this machine get tokens without a back end");
      }
    }
    out.flush();
  }
}
