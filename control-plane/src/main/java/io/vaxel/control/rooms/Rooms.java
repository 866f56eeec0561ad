package io.vaxel.control.rooms;

import io.vaxel.common.storage.Database;
import io.vaxel.signaling.room.RoomRole;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of all resources. Every method acts for one resource and sees its rooms alone. Safe for
 * any thread; blocks. What a method did is on disk when it, or the transaction it was given,
 * returns.
 */
final class Rooms {
  /** Changes of one room at the same moment: somebody wins each time, so few attempts suffice. */
  private static final int ATTEMPTS = 8;

  private final Database database;
  private final RoomParticipants participants;
  private final RoomChanges changes;
  private final SecureRandom random;
  private final InstantSource clock;

  Rooms(
      Database database,
      RoomParticipants participants,
      RoomChanges changes,
      SecureRandom random,
      InstantSource clock) {
    this.database = database;
    this.participants = participants;
    this.changes = changes;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Where a page of a list ends.
   *
   * @param createdAt of its last room, epoch milliseconds
   * @param id of its last room
   */
  record Position(long createdAt, String id) {}

  /**
   * Makes a room in the caller's transaction.
   *
   * @throws RoomException when the validity or a participant is not possible
   */
  Room create(
      Handle sql,
      UUID resourceId,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      boolean pstnDialOut,
      Map<String, RoomRole> invited)
      throws RoomException {
    Instant now = clock.instant();
    Validity validity = Validity.of(validFrom, validUntil, now);
    String id = insert(sql, resourceId, validity, pstnDialOut, now);
    participants.add(sql, resourceId, id, invited);
    return find(sql, resourceId, id).orElseThrow();
  }

  /** The room, if the resource has it. */
  Optional<Room> find(UUID resourceId, String id) {
    return database.jdbi().withHandle(sql -> find(sql, resourceId, id));
  }

  /**
   * Rooms in order of creation.
   *
   * @param after the end of the page before; null for the first page
   */
  List<Room> list(UUID resourceId, @Nullable Position after, int limit) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select * from rooms where resource_id = :resource"
                            + " and (created_at > :created or (created_at = :created and id > :id))"
                            + " order by created_at, id limit :limit")
                    .bind("resource", resourceId.toString())
                    .bind("created", after == null ? Long.MIN_VALUE : after.createdAt())
                    .bind("id", after == null ? "" : after.id())
                    .bind("limit", limit)
                    .map((row, context) -> Room.of(row))
                    .list());
  }

  /**
   * Changes a room; what is null stays.
   *
   * @throws RoomException when there is no such room, or the validity is not possible
   */
  Room update(
      UUID resourceId,
      String id,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      @Nullable Boolean pstnDialOut)
      throws RoomException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Room> changed =
          database.<Optional<Room>, RoomException>inTransaction(
              sql -> {
                Room before = find(sql, resourceId, id).orElseThrow(RoomException::notFound);
                Validity validity = before.validity().with(validFrom, validUntil, clock.instant());
                boolean dialOut = pstnDialOut == null ? before.pstnDialOut() : pstnDialOut;
                return replace(sql, before, validity, dialOut)
                    ? find(sql, resourceId, id)
                    : Optional.empty();
              });
      if (changed.isPresent()) {
        changes.changed(resourceId, id);
        return changed.get();
      }
    }
    throw RoomException.conflict();
  }

  /**
   * Removes a room with its participants.
   *
   * @throws RoomException when there is no such room
   */
  void delete(UUID resourceId, String id) throws RoomException {
    int deleted =
        database
            .jdbi()
            .withHandle(
                sql ->
                    sql.createUpdate("delete from rooms where id = :id and resource_id = :resource")
                        .bind("id", id)
                        .bind("resource", resourceId.toString())
                        .execute());
    if (deleted == 0) {
      throw RoomException.notFound();
    }
    changes.changed(resourceId, id);
  }

  /** Removes up to so many rooms that ended before a moment; returns how many there were. */
  int removeEndedBefore(Instant moment, int limit) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createUpdate(
                        "delete from rooms where id in (select id from rooms"
                            + " where valid_until < :moment order by valid_until limit :limit)")
                    .bind("moment", moment.toEpochMilli())
                    .bind("limit", limit)
                    .execute());
  }

  private String insert(
      Handle sql, UUID resourceId, Validity validity, boolean pstnDialOut, Instant now) {
    String id;
    do {
      id = RoomId.random(random);
    } while (sql.createUpdate(
                "insert into rooms (id, resource_id, created_at, valid_from, valid_until,"
                    + " pstn_dial_out, version) values (:id, :resource, :now, :from, :until,"
                    + " :dialOut, 0) on conflict (id) do nothing")
            .bind("id", id)
            .bind("resource", resourceId.toString())
            .bind("now", now.toEpochMilli())
            .bind("from", validity.from().toEpochMilli())
            .bind("until", validity.until().toEpochMilli())
            .bind("dialOut", pstnDialOut ? 1L : 0L)
            .execute()
        == 0);
    return id;
  }

  private static boolean replace(Handle sql, Room before, Validity validity, boolean pstnDialOut) {
    return sql.createUpdate(
                "update rooms set valid_from = :from, valid_until = :until,"
                    + " pstn_dial_out = :dialOut, version = version + 1"
                    + " where id = :id and version = :version")
            .bind("from", validity.from().toEpochMilli())
            .bind("until", validity.until().toEpochMilli())
            .bind("dialOut", pstnDialOut ? 1L : 0L)
            .bind("id", before.id())
            .bind("version", before.version())
            .execute()
        == 1;
  }

  private static Optional<Room> find(Handle sql, UUID resourceId, String id) {
    return sql.createQuery("select * from rooms where id = :id and resource_id = :resource")
        .bind("id", id)
        .bind("resource", resourceId.toString())
        .map((row, context) -> Room.of(row))
        .findOne();
  }
}
