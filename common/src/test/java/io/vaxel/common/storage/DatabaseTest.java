package io.vaxel.common.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.token.SigningKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

  @TempDir private Path folder;

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("vaxel.db");
  }

  private static String pragma(Database database, String name) {
    return database
        .jdbi()
        .withHandle(sql -> sql.createQuery("pragma " + name).mapTo(String.class).one());
  }

  @Test
  void commitsReachTheDiskAndReferencesHold() {
    try (Database database = Database.open(url())) {
      assertEquals("wal", pragma(database, "journal_mode"));
      assertEquals("2", pragma(database, "synchronous"), "2 is FULL");
      assertEquals("1", pragma(database, "foreign_keys"));
      assertEquals("3000", pragma(database, "busy_timeout"));
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void onlyTheOwnerReadsTheFiles() throws Exception {
    try (Database database = Database.open(url())) {
      SigningKeys.loadOrCreate(database, CLOCK);
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertEquals(
              "rw-------",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
              file.toString());
        }
      }
    }
  }

  @Test
  void openingAgainKeepsWhatWasThere() {
    String first;
    try (Database database = Database.open(url())) {
      first = SigningKeys.loadOrCreate(database, CLOCK).getFirst().toJSONString();
    }
    try (Database database = Database.open(url())) {
      assertEquals(first, SigningKeys.loadOrCreate(database, CLOCK).getFirst().toJSONString());
      assertEquals(1, SigningKeys.loadOrCreate(database, CLOCK).size());
    }
  }

  @Test
  void twoProcessesShareOneFile() {
    try (Database one = Database.open(url());
        Database other = Database.open(url())) {
      assertEquals(
          SigningKeys.loadOrCreate(one, CLOCK).getFirst().getKeyID(),
          SigningKeys.loadOrCreate(other, CLOCK).getFirst().getKeyID());
    }
  }

  @Test
  void aDamagedKeyIsNotQuoted() {
    try (Database database = Database.open(url())) {
      database
          .jdbi()
          .useHandle(
              sql -> sql.execute("insert into signing_keys values ('k', '{\"d\":\"secret', 1)"));
      StorageException failure =
          assertThrows(StorageException.class, () -> SigningKeys.loadOrCreate(database, CLOCK));
      assertTrue(!String.valueOf(failure.getMessage()).contains("secret"));
      assertEquals(null, failure.getCause());
    }
  }

  @Test
  void anotherKindOfUrlIsRefused() {
    for (String url :
        new String[] {"jdbc:mysql://h/d", "jdbc:sqlite:", "jdbc:sqlite::memory:", ""}) {
      StorageException failure = assertThrows(StorageException.class, () -> Database.open(url));
      assertTrue(String.valueOf(failure.getMessage()).contains("storage.url"), url);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsNamed() throws Exception {
    Path file = folder.resolve("vaxel.db");
    Files.writeString(file, "this is certainly not a database file ".repeat(100));
    StorageException failure = assertThrows(StorageException.class, () -> Database.open(url()));
    assertTrue(String.valueOf(failure.getMessage()).contains(file.toString()));
  }
}
