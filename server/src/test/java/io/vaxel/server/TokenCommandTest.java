package io.vaxel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.SignedJWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Tokens from the command line. */
final class TokenCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... more) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    String[] args = new String[more.length + 4];
    args[0] = "token";
    args[1] = "--json";
    args[2] = "--data";
    args[3] = folder.toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return commandLine.execute(args);
  }

  @Test
  void anOperatorTokenIsNoUsersToken() throws Exception {
    assertEquals(0, run("--admin", "--minutes", "5"), err::toString);
    JsonNode printed = new ObjectMapper().readTree(out.toString());
    assertFalse(printed.has("userId"));
    SignedJWT token = SignedJWT.parse(printed.get("token").asText());
    assertEquals(List.of("vaxel-operator"), token.getJWTClaimsSet().getAudience());
    assertEquals("vaxel-operator+jwt", String.valueOf(token.getHeader().getType()));
  }

  @Test
  void aUsersTokenNamesTheUser() throws Exception {
    assertEquals(0, run("--scope", "voip"), err::toString);
    JsonNode printed = new ObjectMapper().readTree(out.toString());
    assertTrue(printed.get("userId").asText().startsWith("8:acs:"));
  }

  @Test
  void oneOrTheOtherIsAskedFor() {
    assertEquals(2, run());
    assertEquals(2, run("--admin", "--scope", "voip"));
    assertEquals(2, run("--admin", "--user", "8:acs:x"));
    assertEquals(2, run("--admin", "--minutes", "0"));
    assertEquals(2, run("--admin", "--minutes", "1441"));
  }
}
