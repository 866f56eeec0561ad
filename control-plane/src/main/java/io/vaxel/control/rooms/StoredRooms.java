package io.vaxel.control.rooms;

import io.vaxel.common.storage.Database;
import io.vaxel.signaling.room.RoomAdmission;
import io.vaxel.signaling.room.RoomDirectory;
import io.vaxel.signaling.room.RoomRole;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What calls ask of the rooms in the database: always as it is on disk. */
final class StoredRooms implements RoomDirectory {
  private final Database database;
  private final RoomChanges changes;

  StoredRooms(Database database, RoomChanges changes) {
    this.database = database;
    this.changes = changes;
  }

  @Override
  public Optional<RoomAdmission> find(String resourceId, String roomId) {
    if (!RoomId.isWellFormed(roomId)) {
      return Optional.empty();
    }
    return database.<Optional<RoomAdmission>, RuntimeException>inTransaction(
        sql ->
            sql.createQuery("select * from rooms where id = :id and resource_id = :resource")
                .bind("id", roomId)
                .bind("resource", resourceId)
                .map((row, context) -> Room.of(row))
                .findOne()
                .map(
                    room ->
                        new RoomAdmission(
                            room.validity().from(), room.validity().until(), roles(sql, roomId))));
  }

  @Override
  public void watch(Watcher watcher) {
    changes.watch(watcher);
  }

  private static Map<String, RoomRole> roles(Handle sql, String roomId) {
    Map<String, RoomRole> roles = new HashMap<>();
    sql.createQuery("select raw_id, role from room_participants where room_id = :id")
        .bind("id", roomId)
        .map(
            (row, context) ->
                RoomParticipants.invited(row.getString("raw_id"), row.getString("role")))
        .forEach(invited -> roles.put(invited.rawId(), invited.role()));
    return roles;
  }
}
