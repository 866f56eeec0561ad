package io.vaxel.server.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code vaxel numbers} prints and how it exits. */
final class NumbersCommandTest {
  private static final String LIST =
      "number,type,calling\n+14255550100,geographic,inbound\n+18005550100,tollFree,inbound\n";

  @TempDir private Path folder;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int run(String... args) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine commandLine = new CommandLine(new NumbersCommand());
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private JsonNode listed() throws Exception {
    assertEquals(0, run("list", "--json", "--data", data()), err.toString());
    return new ObjectMapper().readTree(out.toString()).get("numbers");
  }

  @Test
  void whatIsImportedIsListed() throws Exception {
    String list = file("list.csv", LIST);
    assertEquals(0, run("import", list, "--data", data(), "--json"), err.toString());
    assertEquals("{\"imported\":2}", out.toString().strip());
    assertEquals("+14255550100", listed().get(0).get("number").asText());
    assertEquals("free", listed().get(1).get("state").asText());
    assertEquals(0, run("list", "--owned", "--data", data()));
    assertEquals("0 numbers", out.toString().strip());
    String json =
        file(
            "list.JSON",
            "[{\"number\":\"+14255550101\",\"type\":\"geographic\",\"sms\":\"inbound\"}]");
    assertEquals(0, run("import", json, "--data", data()), err.toString());
    assertEquals("1 phone numbers imported", out.toString().strip());
  }

  @Test
  void faultyLinesAreToldAndNothingIsImported() throws Exception {
    String list = file("list.csv", LIST + "12,geographic,inbound\n+14255550100,fax,inbound\n");
    assertEquals(1, run("import", list, "--data", data()));
    assertTrue(err.toString().contains("list.csv: line 4: number must be"), err.toString());
    assertTrue(err.toString().contains("list.csv: line 5: type must be"), err.toString());
    assertEquals(0, listed().size());
  }

  @Test
  void aNumberThatNobodyOwnsIsNotReleased() {
    assertEquals(1, run("release", "+14255550100", "--data", data()));
    assertTrue(err.toString().contains("no resource owns +14255550100"), err.toString());
  }

  @Test
  void wrongUsageExitsWith2AndAMissingFileWith1() {
    assertEquals(2, run());
    assertEquals(2, run("import"));
    assertEquals(1, run("import", folder.resolve("no.csv").toString(), "--data", data()));
    assertEquals(2, run("list", "--server", "https://localhost:1/"));
    assertTrue(err.toString().contains("VAXEL_OPERATOR_TOKEN"), err.toString());
  }
}
