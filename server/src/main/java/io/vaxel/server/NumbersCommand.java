package io.vaxel.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.storage.Database;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.phonenumbers.InvalidInventoryException;
import io.vaxel.control.phonenumbers.InventoryList;
import io.vaxel.control.phonenumbers.NumberStock;
import io.vaxel.control.phonenumbers.Page;
import io.vaxel.control.phonenumbers.StockEntry;
import io.vaxel.server.config.ConfigException;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * Fills and shows the inventory of phone numbers. It works on the server's database, and the server
 * reads that for every request, so what is done here counts at once on a server that runs.
 */
@Command(
    name = "numbers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "(import | list | release)",
    description = {
      "Fill and show the inventory of phone numbers.",
      "Works on the database of a server, whether it runs or not."
    })
final class NumbersCommand {
  /** As many at a time as one read of the inventory gives. */
  private static final int PAGE = 1000;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object instead of text.")
  private boolean json;

  // Set by picocli before a command runs.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private interface Work {
    int on(NumberStock stock) throws IOException;
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
    String text = Files.readString(file);
    boolean isJson = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    return with(
        common,
        stock -> {
          try {
            List<InventoryList.Line> lines =
                isJson ? InventoryList.ofJson(text) : InventoryList.ofCsv(text);
            stock.add(lines);
            print(Map.of("imported", lines.size()), lines.size() + " phone numbers imported");
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
    NumberStock.Filter filter =
        new NumberStock.Filter(null, null, owned == free ? null : owned, null);
    return with(
        common,
        stock -> {
          List<Map<String, Object>> found = new ArrayList<>();
          Page.Of<StockEntry> page;
          int skip = 0;
          do {
            page = stock.list(filter, new Page(skip, PAGE));
            page.items().forEach(entry -> found.add(facts(entry)));
            skip += PAGE;
          } while (page.more());
          StringBuilder text = new StringBuilder();
          for (Map<String, Object> facts : found) {
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-16s %-2s %-10s %-11s %-5s %s%n",
                    facts.get("number"),
                    facts.get("country"),
                    facts.get("type"),
                    facts.get("assignment"),
                    facts.get("state"),
                    facts.getOrDefault("resource", "")));
          }
          print(
              Map.of("numbers", found), text.append(found.size()).append(" numbers").toString());
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
        stock -> {
          if (stock.release(number)) {
            print(Map.of("released", number), number + " is free");
            return 0;
          }
          spec.commandLine().getErr().println("vaxel: no resource owns " + number);
          spec.commandLine().getErr().flush();
          return 1;
        });
  }

  private static Map<String, Object> facts(StockEntry entry) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("number", entry.number().number());
    facts.put("country", entry.number().country());
    facts.put("type", entry.number().type().wireName());
    facts.put("assignment", entry.number().assignment().wireName());
    facts.put("calling", entry.number().capabilities().calling().wireName());
    facts.put("sms", entry.number().capabilities().sms().wireName());
    facts.put(
        "state",
        entry.ownerId() != null ? "owned" : entry.heldUntil() != null ? "held" : "free");
    if (entry.ownerName() != null) {
      facts.put("resource", entry.ownerName());
    }
    return facts;
  }

  private int with(CommonOptions common, Work work) throws ConfigException, IOException {
    ServerConfig config = common.load(Map.of());
    Files.createDirectories(config.data());
    try (Database database = Database.open(config.database());
        ControlPlane controlPlane =
            new ControlPlane(
                database,
                ControlPlane.Settings.of(config.endpoint(config.http().port()), false),
                InstantSource.system())) {
      return work.on(controlPlane.phoneNumbers().stock());
    }
  }

  private void print(Map<String, ?> facts, String text) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? new ObjectMapper().writeValueAsString(facts) : text);
    out.flush();
  }
}
