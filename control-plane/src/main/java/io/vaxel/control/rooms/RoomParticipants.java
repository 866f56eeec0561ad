package io.vaxel.control.rooms;

import io.vaxel.common.identifier.UserId;
import io.vaxel.common.storage.Database;
import io.vaxel.signaling.room.RoomRole;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Who is invited to a room, as what. Safe for any thread; blocks. */
final class RoomParticipants {
  /** How many may be in a room (ACS, "Rooms": 350 in a room call). */
  static final int MOST = 350;

  static final String FIELD = "participants";

  private final Database database;
  private final RoomChanges changes;

  RoomParticipants(Database database, RoomChanges changes) {
    this.database = database;
    this.changes = changes;
  }

  /**
   * One who is invited.
   *
   * @param rawId the user
   */
  record Invited(String rawId, RoomRole role) {}

  /**
   * Invites users to a new room, in the transaction that makes it.
   *
   * @throws RoomException when one is no user of the resource, or there are too many
   */
  void add(Handle sql, UUID resourceId, String roomId, Map<String, RoomRole> invited)
      throws RoomException {
    checkUsers(resourceId, invited.keySet());
    put(sql, roomId, invited);
    requireFew(sql, roomId);
  }

  /**
   * Invites users or changes their roles, and takes others off. Taking off one who is not invited
   * does nothing.
   *
   * @throws RoomException when there is no such room, one is no user of the resource, or there
   *     would be too many; nothing has changed then
   */
  void change(
      UUID resourceId, String roomId, Map<String, RoomRole> invited, Collection<String> removed)
      throws RoomException {
    checkUsers(resourceId, invited.keySet());
    checkUsers(resourceId, removed);
    database.<RoomException>useTransaction(
        sql -> {
          lock(sql, resourceId, roomId);
          remove(sql, roomId, removed);
          put(sql, roomId, invited);
          requireFew(sql, roomId);
        });
    changes.changed(resourceId, roomId);
  }

  /**
   * The participants of a room in order of their ids.
   *
   * @param after the last id of the page before, or empty
   * @throws RoomException when there is no such room
   */
  List<Invited> list(UUID resourceId, String roomId, String after, int limit) throws RoomException {
    return database.<List<Invited>, RoomException>inTransaction(
        sql -> {
          boolean exists =
              sql.createQuery("select 1 from rooms where id = :id and resource_id = :resource")
                  .bind("id", roomId)
                  .bind("resource", resourceId.toString())
                  .mapTo(Integer.class)
                  .findOne()
                  .isPresent();
          if (!exists) {
            throw RoomException.notFound();
          }
          return sql.createQuery(
                  "select raw_id, role from room_participants where room_id = :id"
                      + " and raw_id > :after order by raw_id limit :limit")
              .bind("id", roomId)
              .bind("after", after)
              .bind("limit", limit)
              .map((row, context) -> invited(row.getString("raw_id"), row.getString("role")))
              .list();
        });
  }

  static Invited invited(String rawId, String role) {
    return new Invited(rawId, RoomRole.of(role).orElseThrow());
  }

  private static void checkUsers(UUID resourceId, Collection<String> rawIds) throws RoomException {
    for (String rawId : rawIds) {
      if (UserId.parse(rawId).filter(id -> id.resourceId().equals(resourceId)).isEmpty()) {
        throw RoomException.invalid(FIELD, "Invalid format for communication identifier.");
      }
    }
  }

  /** One change of a room after the other: the row stays locked until the transaction ends. */
  private static void lock(Handle sql, UUID resourceId, String roomId) throws RoomException {
    int locked =
        sql.createUpdate(
                "update rooms set version = version + 1 where id = :id and resource_id = :resource")
            .bind("id", roomId)
            .bind("resource", resourceId.toString())
            .execute();
    if (locked == 0) {
      throw RoomException.notFound();
    }
  }

  private static void put(Handle sql, String roomId, Map<String, RoomRole> invited) {
    if (invited.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        sql.prepareBatch(
            "insert into room_participants (room_id, raw_id, role) values (:room, :user, :role)"
                + " on conflict (room_id, raw_id) do update set role = excluded.role");
    invited.forEach(
        (rawId, role) ->
            batch.bind("room", roomId).bind("user", rawId).bind("role", role.apiName()).add());
    batch.execute();
  }

  private static void remove(Handle sql, String roomId, Collection<String> removed) {
    if (removed.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        sql.prepareBatch("delete from room_participants where room_id = :room and raw_id = :user");
    removed.forEach(rawId -> batch.bind("room", roomId).bind("user", rawId).add());
    batch.execute();
  }

  private static void requireFew(Handle sql, String roomId) throws RoomException {
    int count =
        sql.createQuery("select count(*) from room_participants where room_id = :room")
            .bind("room", roomId)
            .mapTo(Integer.class)
            .one();
    if (count > MOST) {
      throw RoomException.invalid(
          FIELD, "A room has at most " + MOST + " participants; it would have " + count + ".");
    }
  }
}
