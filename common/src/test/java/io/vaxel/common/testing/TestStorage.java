package io.vaxel.common.testing;

import io.vaxel.common.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The databases that a test of storage runs on, as
 * {@code @ParameterizedClass @EnumSource(TestStorage.class)}. A folder stands for a database:
 * opened again, it holds what it held.
 */
public enum TestStorage {
  SQLITE {
    @Override
    public String url(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("vaxel.db");
    }
  },

  /** Left out, with a reason, where PostgreSQL is not installed; never left out when CI is set. */
  POSTGRESQL {
    @Override
    public String url(Path folder) {
      Optional<PostgresCluster> cluster = PostgresCluster.shared();
      if (cluster.isEmpty()) {
        String reason = "PostgreSQL is not installed: apt-get install postgresql";
        if (System.getenv("CI") != null) {
          throw new AssertionError(reason);
        }
        Assumptions.abort(reason);
      }
      Path file = folder.resolve("database-url.txt");
      try {
        if (!Files.exists(file)) {
          Files.createDirectories(folder);
          Files.writeString(file, cluster.orElseThrow().createDatabase());
        }
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  /** The JDBC URL of the database that the folder stands for; for PostgreSQL made at first use. */
  public abstract String url(Path folder);

  /** Opens the database that the folder stands for; the caller closes it. */
  public Database open(Path folder) {
    return Database.open(url(folder));
  }
}
