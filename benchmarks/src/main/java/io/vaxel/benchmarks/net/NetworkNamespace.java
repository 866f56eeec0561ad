package io.vaxel.benchmarks.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace of its own name, removed by {@link #close()} and, should that be forgotten,
 * when the process ends. Processes in it are the caller's to end.
 */
public final class NetworkNamespace implements AutoCloseable {
  private static final long COMMAND_SECONDS = 20;

  private final String name;
  private final Thread atExit;

  private NetworkNamespace(String name) {
    this.name = name;
    this.atExit = new Thread(this::delete, "remove-" + name);
  }

  /** Why namespaces with TUN devices cannot be made here, or empty when they can. */
  public static Optional<String> unavailable() {
    if (!Files.isWritable(Path.of("/dev/net/tun"))) {
      return Optional.of("network namespaces need root and /dev/net/tun");
    }
    try (NetworkNamespace probe = create("probe")) {
      run(probe.command(List.of("true")));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("network namespaces cannot be made: " + e.getMessage());
    }
  }

  /**
   * Makes a namespace with its loopback up.
   *
   * @param label the readable end of its name: lower-case letters, digits and hyphens
   */
  public static NetworkNamespace create(String label) throws IOException {
    if (!label.matches("[a-z0-9-]{1,20}")) {
      throw new IllegalArgumentException(
          "a namespace's label is 1 to 20 lower-case letters, digits and hyphens");
    }
    int unique = ThreadLocalRandom.current().nextInt(0x10000);
    NetworkNamespace namespace =
        new NetworkNamespace(
            "vaxel-%d-%04x-%s".formatted(ProcessHandle.current().pid(), unique, label));
    run(List.of("ip", "netns", "add", namespace.name));
    Runtime.getRuntime().addShutdownHook(namespace.atExit);
    try {
      namespace.ip("link", "set", "lo", "up");
    } catch (IOException e) {
      namespace.close();
      throw e;
    }
    return namespace;
  }

  /** The name that {@code ip netns} knows. */
  public String name() {
    return name;
  }

  /** A command that runs in this namespace, for {@link ProcessBuilder}. */
  public List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(command);
    return all;
  }

  /** Takes {@code device} as its eth0, with that address of a /24 and a default route. */
  void attach(TunDevice device, String address) throws IOException {
    run(List.of("ip", "link", "set", device.name(), "netns", name, "name", "eth0"));
    ip("addr", "add", address + "/24", "dev", "eth0");
    ip("link", "set", "eth0", "up");
    ip("route", "add", "default", "dev", "eth0");
  }

  private void ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(arguments));
    run(command);
  }

  /** Runs a short command to its end. */
  static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroy();
    }
  }

  /** Removes the namespace's name; harmless when repeated. */
  @Override
  public void close() {
    try {
      if (Runtime.getRuntime().removeShutdownHook(atExit)) {
        delete();
      }
    } catch (IllegalStateException e) {
      // The process is ending and the hook does it.
    }
  }

  private void delete() {
    try {
      run(List.of("ip", "netns", "delete", name));
    } catch (IOException e) {
      System.err.println("namespace left behind: " + e.getMessage());
    }
  }
}
