package io.vaxel.common.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * What a PostgreSQL database says of itself, for somebody who looks for what is wrong.
 *
 * @param place the database without a secret
 * @param version such as {@code 15.14}
 * @param maxConnections that its server takes from everybody together
 * @param poolSize that one node of ours may open
 * @param readOnly whether it refuses to write: a standby
 * @param mayCreate whether the role may make tables in the schema
 * @param syncs whether commits are safe from a power cut
 */
public record PostgresFacts(
    String place,
    String version,
    int maxConnections,
    int poolSize,
    boolean readOnly,
    boolean mayCreate,
    boolean syncs) {

  /** Whether these settings mean PostgreSQL. */
  public static boolean apply(StorageSettings settings) {
    return settings.url().startsWith(Postgres.PREFIX);
  }

  /**
   * Asks the database; changes nothing. Blocks for a few seconds at most.
   *
   * @throws StorageException when it cannot be reached; the message says why
   */
  public static PostgresFacts read(StorageSettings settings) {
    Postgres engine = Postgres.of(settings);
    Properties properties = new Properties();
    properties.putAll(engine.limits());
    if (!engine.user().isEmpty()) {
      properties.setProperty("user", engine.user());
    }
    if (!engine.password().isEmpty()) {
      properties.setProperty("password", engine.password());
    }
    try (Connection connection = DriverManager.getConnection(engine.url(), properties);
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select current_setting('server_version'),"
                    + " current_setting('max_connections')::int,"
                    + " current_setting('transaction_read_only'),"
                    + " coalesce(has_schema_privilege(current_schema(), 'create'), false),"
                    + " current_setting('fsync'), current_setting('synchronous_commit')")) {
      if (!row.next()) {
        throw new StorageException(engine.place() + " says nothing of itself");
      }
      return new PostgresFacts(
          engine.place(),
          row.getString(1),
          row.getInt(2),
          engine.pool().getMaximumPoolSize(),
          row.getString(3).equals("on"),
          row.getBoolean(4),
          row.getString(5).equals("on") && !row.getString(6).equals("off"));
    } catch (SQLException e) {
      throw new StorageException(
          engine.place() + " cannot be opened: " + e.getMessage() + " " + engine.advice(), e);
    }
  }
}
