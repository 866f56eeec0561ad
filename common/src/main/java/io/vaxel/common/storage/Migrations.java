package io.vaxel.common.storage;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The migrations on the class path. */
final class Migrations {
  private Migrations() {}

  static FluentConfiguration configure() {
    return Flyway.configure()
        .locations("classpath:db/migration")
        // Blocks are numbered by owner: a lower block gets new scripts after higher ones have run.
        .outOfOrder(true);
  }
}
