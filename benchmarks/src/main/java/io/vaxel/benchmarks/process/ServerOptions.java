package io.vaxel.benchmarks.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes that starts a server and reports on it. Set by picocli. */
public final class ServerOptions {
  @Option(
      names = "--server-cpus",
      paramLabel = "LIST",
      description = "Cores for the server, as taskset takes them.")
  private @Nullable String cpus;

  @Option(
      names = "--server-option",
      paramLabel = "OPTION",
      description = "A JVM option for the server. May be repeated.")
  private List<String> options = List.of();

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  /** Starts a server with this many media loops. */
  public ServerProcess start(int loops) throws IOException {
    return ServerProcess.start(loops, cpus, options);
  }

  /** Prints what was found. */
  public void print(PrintWriter out, Map<String, ?> findings) throws IOException {
    Report.print(out, json, findings);
  }
}
