/**
 * The database: opened, migrated and closed here; queried by the domain packages with JDBI.
 *
 * <p>Migrations are {@code db/migration/V<block>.<number>__<what>.sql} on the class path, in SQL
 * that SQLite and PostgreSQL both understand. Every owner numbers within a block of its own, so
 * that no two can clash: 1 {@code common}, 10 resources and identity, 20 phone numbers, 25 SIP
 * routing, 30 rooms; the next owner takes the next ten. A script may refer to tables of a lower
 * block, never of a higher one. A released script is never changed.
 */
package io.vaxel.common.storage;
