package io.vaxel.common.storage;

import java.time.Duration;

/**
 * What can be set of the database. The two time limits add up to the longest time that a database
 * which is down or hangs can hold a request.
 *
 * @param url {@code jdbc:sqlite:PATH} or {@code jdbc:postgresql://HOST:PORT/NAME}, the latter with
 *     parameters of the driver as a query
 * @param user PostgreSQL role; empty when the URL names it
 * @param password of the role, never logged; empty when the URL holds it or none is needed
 * @param connections most connections at once; 0 for the engine's own default
 * @param connectionWait how long a caller waits for a free connection, at least 250 ms
 * @param statementTime how long a statement may take, locks included, at least 1 s
 */
public record StorageSettings(
    String url,
    String user,
    String password,
    int connections,
    Duration connectionWait,
    Duration statementTime) {

  public StorageSettings {
    if (connections < 0 || connections > 1000) {
      throw new IllegalArgumentException("connections is 0 to 1000, not " + connections);
    }
    // Two operations at once may each wait for the other's connection to see it commit.
    if (connections == 1) {
      throw new IllegalArgumentException("connections is at least 2, or 0 for the default");
    }
    if (connectionWait.compareTo(Duration.ofMillis(250)) < 0
        || connectionWait.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("connection-wait is 250ms to 1m");
    }
    if (statementTime.compareTo(Duration.ofSeconds(1)) < 0
        || statementTime.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("statement-time is 1s to 1m");
    }
  }

  /** The defaults of reference.yaml. */
  public static StorageSettings of(String url) {
    return new StorageSettings(url, "", "", 0, Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  /**
   * Without the password, which must not reach a log by accident; nor the URL, which may hold it.
   */
  @Override
  public String toString() {
    return "StorageSettings[connections=" + connections + "]";
  }
}
