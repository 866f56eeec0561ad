package io.vaxel.common.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A PostgreSQL database, shared by as many nodes as there are.
 *
 * @param url without user and password
 */
record Postgres(StorageSettings settings, String url, String user, String password)
    implements Engine {
  static final String PREFIX = "jdbc:postgresql:";

  /** What is left of a statement's time for the server to say that it is over. */
  private static final int ANSWER_MILLIS = 500;

  /**
   * A statement takes about a millisecond and a commit the time of a disk sync, a few more: 16
   * connections carry some thousand transactions a second, more than the disk does. Four nodes take
   * 64 of the 100 connections that PostgreSQL has by default.
   */
  private static final int CONNECTIONS = 16;

  static Postgres of(StorageSettings settings) {
    String user = settings.user();
    String password = settings.password();
    List<String> kept = new ArrayList<>();
    int question = settings.url().indexOf('?');
    String place = question < 0 ? settings.url() : settings.url().substring(0, question);
    if (question >= 0) {
      for (String parameter : settings.url().substring(question + 1).split("&", -1)) {
        if (parameter.startsWith("user=")) {
          user = user.isEmpty() ? decoded(parameter.substring("user=".length())) : user;
        } else if (parameter.startsWith("password=")) {
          password =
              password.isEmpty() ? decoded(parameter.substring("password=".length())) : password;
        } else if (!parameter.isEmpty()) {
          kept.add(parameter);
        }
      }
    }
    if (!place.matches("jdbc:postgresql://[^/@\\s]+/[^/@\\s]+")) {
      // Whatever else it is, it may hold a password.
      throw new StorageException("storage.url must be like jdbc:postgresql://HOST:PORT/NAME");
    }
    return new Postgres(
        settings, kept.isEmpty() ? place : place + "?" + String.join("&", kept), user, password);
  }

  @Override
  public HikariConfig pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    if (!user.isEmpty()) {
      config.setUsername(user);
    }
    if (!password.isEmpty()) {
      config.setPassword(password);
    }
    config.setDataSourceProperties(limits());
    long statement = settings.statementTime().toMillis() - ANSWER_MILLIS;
    // By SQL and not by start-up options, which connection poolers in between refuse. A transaction
    // that a dead node left open holds its locks no longer than 15 s.
    config.setConnectionInitSql(
        "set statement_timeout = "
            + statement
            + "; set lock_timeout = "
            + statement
            + "; set idle_in_transaction_session_timeout = 15000");
    int connections = settings.connections() > 0 ? settings.connections() : CONNECTIONS;
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(Math.min(4, connections));
    config.setConnectionTimeout(settings.connectionWait().toMillis());
    config.setValidationTimeout(500);
    // Made without a connection: the migration, which comes first, says more clearly what is wrong.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** Limits of the driver, in whole seconds as it takes them; the URL's own parameters win. */
  Properties limits() {
    Properties limits = new Properties();
    long statement = settings.statementTime().plusMillis(999).toSeconds();
    long connect = settings.connectionWait().plusMillis(999).toSeconds();
    limits.setProperty("connectTimeout", Long.toString(connect));
    limits.setProperty("loginTimeout", Long.toString(connect));
    limits.setProperty("socketTimeout", Long.toString(statement));
    limits.setProperty("cancelSignalTimeout", "1");
    // The detail of an error quotes the row, keys among it.
    limits.setProperty("logServerErrorDetail", "false");
    limits.setProperty("tcpKeepAlive", "true");
    limits.setProperty("ApplicationName", "vaxel");
    return limits;
  }

  /** With connections of its own: a migration may take longer than a statement of a request. */
  @Override
  public void migrate(HikariDataSource pool) {
    // Nodes that start together take turns by an advisory lock, which Flyway tries for once a
    // second.
    Migrations.configure()
        .dataSource(url, user.isEmpty() ? null : user, password.isEmpty() ? null : password)
        .jdbcProperties(Map.of("connectTimeout", "5", "loginTimeout", "5", "socketTimeout", "300"))
        .lockRetryCount(60)
        .load()
        .migrate();
  }

  @Override
  public String place() {
    int question = url.indexOf('?');
    return "The database " + (question < 0 ? url : url.substring(0, question));
  }

  @Override
  public String advice() {
    return "Check storage.url, storage.user and storage.password, and that PostgreSQL runs.";
  }

  @Override
  public boolean transactionsOverlap() {
    return true;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return place();
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // The message of the cause would quote a part of the password.
      throw new StorageException("storage.url has a user or password that is not URL-encoded");
    }
  }
}
