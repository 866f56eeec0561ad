package io.vaxel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.testing.TestStorage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line prints and how it exits. */
final class MainTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      assertEquals(0, run(command, "--help"), command);
      assertTrue(out.toString().contains("Usage: vaxel " + command), command);
    }
  }

  @Test
  void wrongUsageExitsWith2() {
    assertEquals(2, run("serve", "--prot", "1"));
    assertEquals(2, run("nothing"));
    assertEquals(2, run("serve", "--port", "70000"));
    assertTrue(err.toString().contains("70000"), err.toString());
  }

  @Test
  void aFileThatIsNoFolderForDataExitsWith1() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(1, run("doctor", "--data", file.toString(), "--port", "0", "--json"));
    JsonNode findings = new ObjectMapper().readTree(out.toString());
    assertTrue(
        findings.findValuesAsText("level").contains("PROBLEM"), () -> findings.toPrettyString());
  }

  @Test
  void aDamagedDatabaseIsFound() throws Exception {
    Files.writeString(folder.resolve("vaxel.db"), "this is no database at all".repeat(100));
    assertEquals(1, run("doctor", "--data", folder.toString(), "--port", "0"));
    assertTrue(out.toString().contains("PROBLEM  database"), out.toString());
  }

  @Test
  void startingWithoutItsDatabaseExitsWith1AndSaysWhatToDo() throws Exception {
    Path config = folder.resolve("vaxel.yaml");
    Files.writeString(
        config,
        """
        storage: {url: 'jdbc:postgresql://127.0.0.1:1/vaxel', user: vaxel, password: hush}
        http: {port: 0}
        """);
    String[] options = {"--data", folder.toString(), "--config", config.toString()};
    assertEquals(1, run("serve", options[0], options[1], options[2], options[3]));
    assertTrue(err.toString().contains("127.0.0.1:1/vaxel cannot be opened"), err.toString());
    assertEquals(1, run("doctor", options[0], options[1], options[2], options[3]));
    assertTrue(out.toString().contains("PROBLEM  database"), out.toString());
    assertFalse((out.toString() + err).contains("hush"));
  }

  @Test
  void aPostgresqlIsDescribed() throws Exception {
    Path config = folder.resolve("vaxel.yaml");
    Files.writeString(
        config, "storage: {url: '" + TestStorage.POSTGRESQL.url(folder) + "'}\nhttp: {port: 0}\n");
    run("doctor", "--data", folder.toString(), "--config", config.toString());
    assertTrue(out.toString().contains("is PostgreSQL 1"), out.toString());
  }

  @Test
  void theScriptRunsEveryCommand() throws Exception {
    String script = Files.readString(Path.of("..", "vaxel"));
    String commands =
        script.lines().filter(line -> line.contains("serve |")).findFirst().orElseThrow();
    Main.commandLine()
        .getSubcommands()
        .keySet()
        .forEach(
            name -> {
              assertTrue(commands.matches(".*\\b" + name + "\\b.*"), name);
              assertTrue(script.contains("\n  " + name + " "), name + " is not in the usage");
            });
  }
}
