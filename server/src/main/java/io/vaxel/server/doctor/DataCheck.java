package io.vaxel.server.doctor;

import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The data folder and the database file in it. */
final class DataCheck {
  private static final long LITTLE_SPACE = 1L << 30;

  private final ServerConfig config;

  DataCheck(ServerConfig config) {
    this.config = config;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(folder());
    if (config.storage().url().isEmpty()) {
      findings.add(database(config.databaseFile()));
    }
    return findings;
  }

  private Finding folder() {
    Path folder = config.data().toAbsolutePath();
    if (!Files.exists(folder)) {
      Path parent = folder;
      while (parent != null && !Files.exists(parent)) {
        parent = parent.getParent();
      }
      return parent != null && Files.isWritable(parent)
          ? Finding.ok("data folder", folder + " is made at the first start")
          : Finding.problem(
              "data folder",
              folder + " does not exist and " + parent + " is not writable",
              "Make it, owned by the user that runs the server, or use --data.");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Finding.problem(
          "data folder",
          folder + " is not a folder that this user can write to",
          "Give it to the user that runs the server (chown), or use --data.");
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free < LITTLE_SPACE
          ? Finding.warning(
              "data folder",
              "only " + (free >> 20) + " MiB are free for " + folder,
              "Make room: a full disk stops every write.")
          : Finding.ok("data folder", folder + ", " + (free >> 30) + " GiB free");
    } catch (IOException e) {
      return Finding.problem(
          "data folder", folder + " can't be looked at: " + e, "Check the disk.");
    }
  }

  private static Finding database(Path file) {
    if (!Files.exists(file)) {
      return Finding.ok("database", "none yet; the first start makes " + file);
    }
    String url = "jdbc:sqlite:file:" + file.toAbsolutePath() + "?mode=ro";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String verdict = result.next() ? result.getString(1) : "no answer";
      return "ok".equals(verdict)
          ? Finding.ok("database", file + " is sound")
          : Finding.problem("database", file + " is damaged: " + verdict, "Restore a backup.");
    } catch (SQLException e) {
      return Finding.problem(
          "database",
          file + " can't be read: " + e.getMessage(),
          "Check its permissions; if it is no database, restore a backup.");
    }
  }
}
