package io.vaxel.server.numbers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.storage.Database;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.phonenumbers.InvalidInventoryException;
import io.vaxel.server.CommonOptions;
import io.vaxel.server.config.ConfigException;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Fills and shows the inventory of phone numbers. */
@Command(
    name = "numbers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "(import | list | release)",
    description = {
      "Fill and show the inventory of phone numbers.",
      "Works on the database of a server, whether it runs or not; with --server on a server",
      "elsewhere, through its operator API."
    })
public final class NumbersCommand {
  private static final String TOKEN = "VAXEL_OPERATOR_TOKEN";

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = {
        "Address of a server, such as https://calls.example.com:8443/.",
        "The environment variable " + TOKEN + " holds an operator token."
      })
  private @Nullable URI server;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Certificate to trust with --server, such as the server's ca.pem.")
  private @Nullable Path authority;

  // Set by picocli before a command runs.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private interface Work {
    int on(NumbersTarget target) throws IOException;
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = "Add the numbers of a list, all or none.")
  int importList(
      @Mixin CommonOptions common,
      @Parameters(
              paramLabel = "FILE",
              description = "CSV with a header, or .json with an array of objects.")
          Path file)
      throws ConfigException, IOException {
    String list = Files.readString(file);
    boolean isJson = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    return with(
        common,
        target -> {
          try {
            int imported = target.importList(list, isJson);
            print(Map.of("imported", imported), imported + " phone numbers imported");
            return 0;
          } catch (InvalidInventoryException e) {
            PrintWriter err = spec.commandLine().getErr();
            e.faults().forEach(fault -> err.println(file + ": " + fault));
            err.println("vaxel: nothing was imported");
            err.flush();
            return 1;
          }
        });
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Print the inventory, a number a line.")
  int list(
      @Mixin CommonOptions common,
      @Option(names = "--owned", description = "Only numbers that a resource owns.") boolean owned,
      @Option(names = "--free", description = "Only numbers that no resource owns.") boolean free)
      throws ConfigException, IOException {
    return with(
        common,
        target -> {
          List<Map<String, Object>> found = target.list(owned == free ? null : owned);
          StringBuilder text = new StringBuilder();
          for (Map<String, Object> number : found) {
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-16s %-2s %-10s %-11s %-5s %s%n",
                    number.get("number"),
                    number.get("country"),
                    number.get("type"),
                    number.get("assignment"),
                    number.get("state"),
                    number.getOrDefault("resource", "")));
          }
          print(Map.of("numbers", found), text.append(found.size()).append(" numbers").toString());
          return 0;
        });
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = "Take a number from the resource that owns it.")
  int release(
      @Mixin CommonOptions common,
      @Parameters(paramLabel = "NUMBER", description = "Such as +14255550123.") String number)
      throws ConfigException, IOException {
    return with(
        common,
        target -> {
          if (target.release(number)) {
            print(Map.of("released", number), number + " is free");
            return 0;
          }
          spec.commandLine().getErr().println("vaxel: no resource owns " + number);
          spec.commandLine().getErr().flush();
          return 1;
        });
  }

  private int with(CommonOptions common, Work work) throws ConfigException, IOException {
    if (server != null) {
      String token = System.getenv(TOKEN);
      if (token == null || token.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--server needs an operator token in " + TOKEN);
      }
      return work.on(new RemoteNumbers(server, token, authority));
    }
    ServerConfig config = common.load(Map.of());
    Files.createDirectories(config.data());
    try (Database database = Database.open(config.database());
        ControlPlane controlPlane =
            new ControlPlane(
                database,
                ControlPlane.Settings.of(config.endpoint(config.http().port()), false),
                InstantSource.system())) {
      return work.on(new LocalNumbers(controlPlane.phoneNumbers().stock()));
    }
  }

  private void print(Map<String, ?> facts, String text) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? new ObjectMapper().writeValueAsString(facts) : text);
    out.flush();
  }
}
