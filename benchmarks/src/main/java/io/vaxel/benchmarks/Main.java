package io.vaxel.benchmarks;

import io.vaxel.benchmarks.load.DemoCommand;
import io.vaxel.benchmarks.load.LoadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that simulate clients. Exit codes: 0 fine, 1 failed, 2 wrong usage. */
@Command(
    name = "vaxel",
    mixinStandardHelpOptions = true,
    description = "Simulated clients against a Vaxel server.",
    subcommands = {DemoCommand.class, LoadCommand.class})
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).setUsageHelpAutoWidth(true).execute(args));
  }
}
