package io.vaxel.common.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/** One SQLite file, made at first use and readable by its owner alone: it holds access keys. */
record Sqlite(StorageSettings settings, Path file) implements Engine {
  static final String PREFIX = "jdbc:sqlite:";

  static Sqlite of(StorageSettings settings) {
    String path = settings.url().substring(PREFIX.length());
    if (path.isEmpty() || path.startsWith(":")) {
      throw new StorageException(
          "storage.url must be jdbc:sqlite:PATH with the path of a file, but is " + settings.url());
    }
    Path file = Path.of(path);
    createForOwnerOnly(file);
    return new Sqlite(settings, file);
  }

  @Override
  public HikariConfig pool() {
    SQLiteConfig sqlite = new SQLiteConfig();
    // Readers go on while one writes.
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // In WAL mode NORMAL would leave the last commits to the page cache: a power cut takes back
    // what a caller was already told is done. FULL syncs the log before a commit returns.
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.enforceForeignKeys(true);
    sqlite.setBusyTimeout(Math.toIntExact(settings.statementTime().toMillis()));
    // A transaction takes the write lock when it begins and waits for it there. Begun as a reader
    // it could not become a writer once somebody else wrote, and would fail instead of waiting.
    sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);

    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(PREFIX + file);
    config.setDataSourceProperties(sqlite.toProperties());
    // SQLite runs inside the calling thread, so more connections than cores only wait for each
    // other; at least two, so that a reader passes a writer that waits for the disk.
    config.setMaximumPoolSize(
        settings.connections() > 0
            ? settings.connections()
            : Math.max(2, Runtime.getRuntime().availableProcessors()));
    config.setConnectionTimeout(settings.connectionWait().toMillis());
    config.setValidationTimeout(Duration.ofMillis(250).toMillis());
    return config;
  }

  @Override
  public void migrate(HikariDataSource pool) {
    Migrations.configure().dataSource(pool).load().migrate();
  }

  @Override
  public String place() {
    return "The database file " + file;
  }

  @Override
  public String advice() {
    return "Check its permissions and its disk.";
  }

  @Override
  public boolean transactionsOverlap() {
    return false;
  }

  private static void createForOwnerOnly(Path file) {
    if (Files.exists(file)) {
      return;
    }
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      // SQLite gives its log and index files the mode of the database file.
      Files.createFile(file, ownerOnly());
    } catch (IOException e) {
      throw new StorageException("The database file " + file + " cannot be created", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
