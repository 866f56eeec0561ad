package io.vaxel.server.doctor;

import io.vaxel.common.storage.PostgresFacts;
import io.vaxel.common.storage.StorageException;
import io.vaxel.common.storage.StorageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database: a SQLite file or PostgreSQL. */
final class DatabaseCheck {
  private static final String SUBJECT = "database";
  private static final String SQLITE = "jdbc:sqlite:";

  private final StorageSettings settings;

  DatabaseCheck(StorageSettings settings) {
    this.settings = settings;
  }

  Finding finding() {
    if (PostgresFacts.apply(settings)) {
      return postgres();
    }
    if (settings.url().startsWith(SQLITE)) {
      return sqlite(Path.of(settings.url().substring(SQLITE.length())));
    }
    return Finding.problem(
        SUBJECT,
        "storage.url names a database of another kind",
        "Use jdbc:sqlite:PATH or jdbc:postgresql://HOST:PORT/NAME.");
  }

  private Finding postgres() {
    PostgresFacts facts;
    try {
      facts = PostgresFacts.read(settings);
    } catch (StorageException e) {
      return Finding.problem(
          SUBJECT, String.valueOf(e.getMessage()), "Start it, or correct the settings.");
    }
    String what = facts.place() + " is PostgreSQL " + facts.version();
    if (facts.readOnly()) {
      return Finding.problem(
          SUBJECT,
          what + " and takes no writes",
          "Point storage.url at the primary, not at a standby.");
    }
    if (!facts.mayCreate()) {
      return Finding.problem(
          SUBJECT,
          what + ", and the role may not make tables in its schema",
          "GRANT CREATE ON SCHEMA public TO the role, or make it the owner of the database.");
    }
    if (!facts.syncs()) {
      return Finding.warning(
          SUBJECT,
          what + " without fsync or synchronous_commit: a power cut loses what was acknowledged",
          "Turn both on.");
    }
    if (facts.poolSize() * 2 > facts.maxConnections()) {
      return Finding.warning(
          SUBJECT,
          what
              + " with max_connections "
              + facts.maxConnections()
              + ", and one node opens up to "
              + facts.poolSize(),
          "Raise max_connections above storage.connections times the number of nodes.");
    }
    return Finding.ok(SUBJECT, what);
  }

  private static Finding sqlite(Path file) {
    if (!Files.exists(file)) {
      return Finding.ok(SUBJECT, "none yet; the first start makes " + file);
    }
    String url = SQLITE + "file:" + file.toAbsolutePath() + "?mode=ro";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String verdict = result.next() ? result.getString(1) : "no answer";
      return "ok".equals(verdict)
          ? Finding.ok(SUBJECT, file + " is sound")
          : Finding.problem(SUBJECT, file + " is damaged: " + verdict, "Restore a backup.");
    } catch (SQLException e) {
      return Finding.problem(
          SUBJECT,
          file + " can't be read: " + e.getMessage(),
          "Check its permissions; if it is no database, restore a backup.");
    }
  }
}
