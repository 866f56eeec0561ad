package io.vaxel.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, whose use of the machine can be read (Linux). */
public final class ServerProcess implements AutoCloseable {
  /** Clock ticks a second in /proc, the same on every Linux of our platforms (USER_HZ). */
  private static final double TICKS = 100;

  /** Free ports, and limits that a load does not reach: the server is measured, not its limits. */
  private static final String SETTINGS =
      """
      http:
        port: 0
      admin:
        port: 0
      media:
        port: 0
        loops: LOOPS
      limits:
        caller: 1000000/1s
        operations:
          identity-issue: 1000000/1s
      """;

  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path data;
  private final JsonNode facts;

  private ServerProcess(Process process, Path data, JsonNode facts) {
    this.process = process;
    this.data = data;
    this.facts = facts;
  }

  /**
   * Starts a server with a throw-away data folder and free ports.
   *
   * @param cpus cores as taskset takes them, or null for all
   * @param options for its JVM
   */
  public static ServerProcess start(int loops, @Nullable String cpus, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (cpus != null) {
      command.addAll(List.of("taskset", "-c", cpus));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.vaxel.server.Main"));
    return launch(new ProcessBuilder(command), loops);
  }

  /**
   * Starts a server as {@code ./vaxel serve} does, with its JVM options and its cache of classes.
   *
   * @throws IOException also when this program was not started by {@code ./vaxel}
   */
  public static ServerProcess startByScript() throws IOException {
    String script = System.getProperty("vaxel.script");
    if (script == null) {
      throw new IOException("only ./vaxel knows how it starts a server");
    }
    ProcessBuilder builder = new ProcessBuilder(script);
    // What is measured is a start, not a build.
    builder.environment().put("VAXEL_NO_BUILD", "1");
    return launch(builder, 0);
  }

  private static ServerProcess launch(ProcessBuilder builder, int loops) throws IOException {
    Path data = Files.createTempDirectory("vaxel-load");
    Path config = data.resolve("load.yaml");
    Files.writeString(config, SETTINGS.replace("LOOPS", String.valueOf(loops)));
    List<String> command = new ArrayList<>(builder.command());
    command.addAll(
        List.of(
            "serve",
            "--development",
            "--json",
            "--data",
            data.resolve("data").toString(),
            "--config",
            config.toString()));
    Path log = data.resolve("server.log");
    Process process = builder.command(command).redirectError(log.toFile()).start();
    return new ServerProcess(process, data, readFacts(process, log));
  }

  private static JsonNode readFacts(Process process, Path log) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("{")) {
        return JSON.readTree(line);
      }
    }
    throw new IOException("the server did not start: " + Files.readString(log));
  }

  /** Plain HTTP on loopback. */
  public URI endpoint() {
    return URI.create(facts.get("demo").asText()).resolve("/");
  }

  /** What SDKs are configured with; it holds a secret. */
  public String connectionString() {
    return facts.get("connectionString").asText();
  }

  /** Where SDKs connect to, over TLS. */
  public URI secureEndpoint() {
    String text = connectionString();
    return URI.create(text.substring("endpoint=".length(), text.indexOf(';')));
  }

  /** The certificate to trust, PEM. */
  public Path authority() {
    return Path.of(facts.get("authority").asText());
  }

  /** A token of a new user. */
  public String newToken(HttpClient http) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint().resolve("/development/token"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode token = JSON.readTree(response.body()).get("token");
    if (token == null) {
      throw new IOException("no token: " + response.body());
    }
    return token.asText();
  }

  /** CPU time that the process has used, in seconds. */
  public double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS;
  }

  /** Memory in use, in MiB. */
  public long residentMiB() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          / 1024;
    }
  }

  /**
   * Heap that is in use after a full collection, in MiB: what the server really holds.
   *
   * @throws IOException also when the JDK's jcmd cannot be run
   */
  public double liveHeapMiB() throws IOException {
    jcmd("GC.run");
    Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
    if (!used.find()) {
      throw new IOException("jcmd does not tell how much of the heap is used");
    }
    return Long.parseLong(used.group(1)) / 1024.0;
  }

  private String jcmd(String command) throws IOException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = tool.inputReader(StandardCharsets.UTF_8)) {
      return output.lines().collect(Collectors.joining("\n"));
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
