package io.vaxel.common.testing;

import io.vaxel.common.storage.Database;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away PostgreSQL on a free port of loopback, with the server programs of the system. It
 * can be stopped, frozen and started again, for tests of faults. It ends with the JVM, also when
 * that is killed: a shell beside it waits for the end of a pipe.
 */
public final class PostgresCluster implements AutoCloseable {
  private static final String USER = "vaxel";
  private static final String TEMPLATE = "migrated";

  private final Path programs;
  private final Path folder;
  private final int port;
  private int databases;
  private boolean hasTemplate;
  private @Nullable Process process;

  private PostgresCluster(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** One for all tests of a JVM; a holder, because it costs two seconds to make. */
  private static final class Shared {
    static final Optional<PostgresCluster> CLUSTER = programs().map(Shared::make);

    private static PostgresCluster make(Path programs) {
      PostgresCluster made = PostgresCluster.start(programs);
      Runtime.getRuntime().addShutdownHook(new Thread(made::close, "postgres-stop"));
      return made;
    }
  }

  /** The cluster of this JVM, made at first use; empty when PostgreSQL is not installed. */
  public static Optional<PostgresCluster> shared() {
    return Shared.CLUSTER;
  }

  /** A cluster of its own, for a test that stops it; empty when PostgreSQL is not installed. */
  public static Optional<PostgresCluster> own() {
    return programs().map(PostgresCluster::start);
  }

  /** A new database with the schema of this class path, and its JDBC URL. */
  public synchronized String createDatabase() {
    if (!hasTemplate) {
      execute("create database " + TEMPLATE);
      Database.open(url(TEMPLATE)).close();
      hasTemplate = true;
    }
    return create(" template " + TEMPLATE);
  }

  /** A new database without a table, and its JDBC URL. */
  public synchronized String createEmptyDatabase() {
    return create("");
  }

  private String create(String options) {
    databases++;
    execute("create database test" + databases + options);
    return url("test" + databases);
  }

  /** Ends the server as a crash would; what was committed stays. */
  public synchronized void stop() {
    Process running = process;
    if (running == null) {
      return;
    }
    process = null;
    try {
      // The end of its input tells the shell to end the server.
      running.getOutputStream().close();
      if (!running.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("PostgreSQL does not stop");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts the server again after {@link #stop}. Returns when it answers. */
  public synchronized void start() {
    // No syncs: the tests end processes, never the machine.
    List<String> server =
        List.of(
            programs.resolve("postgres").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off",
            "-c",
            "full_page_writes=off",
            "-c",
            "shared_buffers=32MB",
            "-c",
            "max_connections=200");
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "\"$@\" & server=$!; cat >/dev/null; kill -CONT $server; kill -QUIT $server;"
                    + " wait $server",
                "sh"));
    command.addAll(server);
    process = run(command, folder.resolve("server.log"));
    awaitAnswer();
  }

  /** Makes the server hang without closing a connection, as a machine does that lost its disk. */
  public void freeze() {
    signalAll("STOP");
  }

  /** Ends {@link #freeze}. */
  public void thaw() {
    signalAll("CONT");
  }

  /** Stops the server and removes its folder. */
  @Override
  public synchronized void close() {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PostgresCluster start(Path programs) {
    try {
      Path folder = Files.createTempDirectory("vaxel-postgres");
      if (isRoot()) {
        finish(new ProcessBuilder("chown", "postgres", folder.toString()));
      }
      PostgresCluster made = new PostgresCluster(programs, folder, freePort());
      made.await(
          made.run(
              List.of(
                  programs.resolve("initdb").toString(),
                  "-D",
                  folder.resolve("data").toString(),
                  "-U",
                  USER,
                  "-A",
                  "trust",
                  "--encoding=UTF8",
                  "--locale=C",
                  "--no-sync"),
              folder.resolve("initdb.log")),
          folder.resolve("initdb.log"));
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + USER;
  }

  private void execute(String statement) {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private void awaitAnswer() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        DriverManager.getConnection(url("postgres")).close();
        return;
      } catch (SQLException e) {
        Process running = process;
        if (running == null || !running.isAlive() || System.nanoTime() - end > 0) {
          throw new IllegalStateException(
              "PostgreSQL does not start: " + text(folder.resolve("server.log")), e);
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void signalAll(String signal) {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("PostgreSQL does not run");
    }
    ProcessHandle server =
        running
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("postgres"))
            .findFirst()
            .orElseThrow();
    // The one that makes the others first, or one more might be made meanwhile.
    signal(signal, server);
    server.descendants().forEach(process -> signal(signal, process));
  }

  private static void signal(String signal, ProcessHandle process) {
    try {
      finish(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())));
    } catch (IllegalStateException e) {
      // One that serves a connection may have ended by itself meanwhile.
      if (process.isAlive()) {
        throw e;
      }
    }
  }

  private Process run(List<String> command, Path log) {
    List<String> full = new ArrayList<>();
    if (isRoot()) {
      // PostgreSQL refuses to run as root.
      full.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
    }
    full.addAll(command);
    try {
      return new ProcessBuilder(full)
          .directory(new File("/"))
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(Process program, Path log) {
    try {
      if (!program.waitFor(60, TimeUnit.SECONDS) || program.exitValue() != 0) {
        throw new IllegalStateException(program.info() + " failed: " + text(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void finish(ProcessBuilder builder) {
    try {
      int code = builder.inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException(builder.command() + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The newest server programs: where Debian keeps them. */
  private static Optional<Path> programs() {
    Path root = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(root)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparingInt(PostgresCluster::version));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int version(Path bin) {
    String name = String.valueOf(Path.of("/usr/lib/postgresql").relativize(bin).getName(0));
    return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
  }
}
