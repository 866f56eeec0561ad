package io.vaxel.control.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of {@code src/test/js} that drives a started server with an official JavaScript SDK. It
 * ends with status 0 when all is well, and prints {@code passed SERVICE OPERATION} for each
 * operation that did what it should. Needs Node and npm; the packages are installed when missing.
 */
public final class NodeScript {
  private static final Path SCRIPTS = Path.of("src/test/js");
  private static final Pattern PASSED = Pattern.compile("(?m)^passed (\\S+) (\\S+)$");
  private static final Pattern VERSION = Pattern.compile("\"version\":\\s*\"([^\"]+)\"");

  private final Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  /**
   * @param server what the script talks to
   * @param folder where its output is kept
   */
  public NodeScript(StartedServer server, Path folder) {
    this.folder = folder;
    environment.put("VAXEL_CONNECTION_STRING", server.controlPlane().connectionString());
    environment.put("NODE_EXTRA_CA_CERTS", server.authority().toString());
  }

  /** One more environment variable of the script. */
  public NodeScript with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Runs a script once.
   *
   * @param script a file of {@code src/test/js}
   * @param sdk the name under {@code node_modules} of the SDK that it shall import; the script
   *     finds it in {@code VAXEL_SDK}
   */
  public void run(String script, String sdk) throws Exception {
    assumeTrue(isInstalled("node") && isInstalled("npm"), "Node and npm are not installed");
    if (!Files.isDirectory(SCRIPTS.resolve("node_modules").resolve(sdk))) {
      execute(Map.of(), "npm", "install", "--no-save", "--no-audit", "--no-fund");
    }
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put("VAXEL_SDK", sdk);
    String said = execute(all, "node", script);
    String version = versionOf(sdk);
    Matcher passed = PASSED.matcher(said);
    while (passed.find()) {
      Compatibility.record(passed.group(1), passed.group(2), "JavaScript", version);
    }
  }

  private static String versionOf(String sdk) throws IOException {
    Path description = SCRIPTS.resolve("node_modules").resolve(sdk).resolve("package.json");
    Matcher version = VERSION.matcher(Files.readString(description));
    if (!version.find()) {
      throw new IllegalStateException(description + " names no version");
    }
    return version.group(1);
  }

  private String execute(Map<String, String> variables, String... command) throws Exception {
    Path output = folder.resolve(command[0] + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(output);
    assertTrue(ended, () -> String.join(" ", command) + " did not end; it said\n" + said);
    assertEquals(0, process.exitValue(), () -> String.join(" ", command) + " said\n" + said);
    return said;
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
