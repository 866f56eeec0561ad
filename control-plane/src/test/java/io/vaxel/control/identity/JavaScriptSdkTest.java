package io.vaxel.control.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official JavaScript SDK against a started server; needs Node and npm. */
class JavaScriptSdkTest {
  private static final Path SCRIPTS = Path.of("src/test/js");

  @TempDir private Path folder;

  @Test
  void identitySdkRunsUnchanged() throws Exception {
    assumeTrue(isInstalled("node") && isInstalled("npm"), "Node and npm are not installed");
    if (!Files.isDirectory(SCRIPTS.resolve("node_modules"))) {
      run(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
    }
    try (StartedServer server = new StartedServer(folder)) {
      run(
          Map.of(
              "VAXEL_CONNECTION_STRING",
              server.service().connectionString(),
              "NODE_EXTRA_CA_CERTS",
              server.authority().toString()),
          "node",
          "identity.mjs");
    }
  }

  private void run(Map<String, String> environment, String... command) throws Exception {
    File output = folder.resolve(command[0] + ".txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(output.toPath());
    assertTrue(ended, () -> String.join(" ", command) + " did not end; it said\n" + said);
    assertEquals(0, process.exitValue(), () -> String.join(" ", command) + " said\n" + said);
  }

  private static boolean isInstalled(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
