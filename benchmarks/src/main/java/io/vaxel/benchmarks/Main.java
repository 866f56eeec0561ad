package io.vaxel.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vaxel.benchmarks.load.DemoCommand;
import io.vaxel.benchmarks.load.LoadCommand;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
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
    // What these commands print is a report; the log only tells what is wrong.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    ((Logger) LoggerFactory.getLogger("io.vaxel.access")).setLevel(Level.WARN);
    System.exit(new CommandLine(new Main()).setUsageHelpAutoWidth(true).execute(args));
  }
}
