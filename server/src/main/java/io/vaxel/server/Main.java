package io.vaxel.server;

import io.vaxel.common.storage.StorageException;
import io.vaxel.server.config.ConfigException;
import io.vaxel.server.doctor.DoctorCommand;
import io.vaxel.server.numbers.NumbersCommand;
import java.io.IOException;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit codes: 0 fine, 1 failed, 2 wrong usage. */
@Command(
    name = "vaxel",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "A self-hosted communications server that speaks the ACS APIs.",
    subcommands = {
      ServeCommand.class,
      TokenCommand.class,
      NumbersCommand.class,
      DoctorCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Jersey logs through java.util.logging.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::failed)
        .setUsageHelpAutoWidth(true);
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof ConfigException || e instanceof IOException || e instanceof StorageException) {
      command.getErr().println("vaxel: " + e.getMessage());
      command.getErr().flush();
      return e instanceof ConfigException
          ? CommandLine.ExitCode.USAGE
          : CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }
}
