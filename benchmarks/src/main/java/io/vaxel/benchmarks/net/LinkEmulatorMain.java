package io.vaxel.benchmarks.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The link emulator as a program, for tests in other languages. Prints {@code namespace LABEL NAME
 * ADDRESS} for each namespace and then {@code ready}; obeys {@link LinkConsole} lines on standard
 * input and ends when that is closed. Exit codes: 0 fine, 1 no namespaces to be had, 2 wrong usage.
 */
@Command(
    name = "link-emulator",
    mixinStandardHelpOptions = true,
    description = {
      "Joins network namespaces by links that lose, delay and throttle. Needs root.",
      "The impairments given here are for every uplink: each way between two namespaces has them"
          + " once.",
      "Ends, and removes the namespaces, when standard input is closed."
    })
public final class LinkEmulatorMain implements Callable<Integer> {
  @Option(
      names = "--namespaces",
      split = ",",
      required = true,
      paramLabel = "LABEL",
      description = "What to call the namespaces, such as a,b.")
  private List<String> labels = List.of();

  @Option(names = "--subnet", description = "Third byte of the addresses 10.77.N.x; default 0.")
  private int subnet;

  @Option(names = "--seed", description = "Of the randomness; default 1.")
  private long seed = 1;

  @Option(names = "--loss", description = "Percent of packets lost.")
  private String loss = "0";

  @Option(names = "--delay", description = "Such as 20ms.")
  private String delay = "0ms";

  @Option(names = "--jitter", description = "Such as 5ms, to either side of the delay.")
  private String jitter = "0ms";

  @Option(names = "--reorder", description = "Percent of packets held back.")
  private String reorder = "0";

  @Option(names = "--reorder-by", description = "How long those are held back; default 10ms.")
  private String reorderBy = "10ms";

  @Option(names = "--rate", description = "In kbit/s; default 0, unlimited.")
  private String rate = "0";

  @Option(names = "--queue", description = "Longest wait for the rate; default 200ms.")
  private String queue = "200ms";

  @Option(names = "--burst", description = "Bytes that pass at once after a pause; default 0.")
  private String burst = "0";

  private LinkEmulatorMain() {}

  /** Runs the program. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LinkEmulatorMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Impairment impairment;
    try {
      impairment = impairment();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    Optional<String> missing = NetworkNamespace.unavailable();
    if (missing.isPresent()) {
      System.err.println(missing.get());
      return 1;
    }
    try (LinkEmulator emulator = new LinkEmulator(labels, subnet, seed)) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      for (LinkEmulator.Link link : emulator.links()) {
        link.uplink().impair(impairment);
        out.printf("namespace %s %s %s%n", link.label(), link.namespace().name(), link.address());
      }
      out.println("ready");
      LinkConsole console = new LinkConsole(emulator);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(console.answer(line));
      }
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
  }

  private Impairment impairment() {
    return Impairment.NONE
        .with("loss", loss)
        .with("delay", delay)
        .with("jitter", jitter)
        .with("reorder", reorder)
        .with("reorder-by", reorderBy)
        .with("rate", rate)
        .with("queue", queue)
        .with("burst", burst);
  }
}
