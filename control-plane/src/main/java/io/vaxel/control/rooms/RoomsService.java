package io.vaxel.control.rooms;

import io.vaxel.common.repeat.RepeatableAnswers;
import io.vaxel.common.storage.Database;
import io.vaxel.common.version.ApiVersions;
import io.vaxel.control.resourcemanager.ResourceData;
import io.vaxel.signaling.room.RoomDirectory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms service put together: what the server needs of it. Safe for any thread; blocks. */
public final class RoomsService {
  private static final Logger LOG = LoggerFactory.getLogger(RoomsService.class);

  /** A page of rooms is about 25 KiB. */
  private static final int PAGE = 100;

  /** Rooms that one statement removes: a moment's work, so that others get their turn. */
  private static final int REMOVED_AT_ONCE = 200;

  private static final String PARTICIPANTS_OF =
      "delete from room_participants where (room_id, raw_id) in"
          + " (select p.room_id, p.raw_id from room_participants p"
          + " join rooms r on r.id = p.room_id where r.resource_id = :resource limit :most)";
  private static final String ROOMS_OF =
      "delete from rooms where id in"
          + " (select id from rooms where resource_id = :resource limit :most)";

  private final Rooms rooms;
  private final RoomParticipants participants;
  private final RoomDirectory directory;
  private final RepeatableAnswers answers;
  private final Duration keptAfterEnd;
  private final InstantSource clock;

  /**
   * Opens the service on a database.
   *
   * @param answers carries out the requests that may be repeated
   * @param keptAfterEnd how long a room can be read after its end
   */
  public RoomsService(
      Database database, RepeatableAnswers answers, Duration keptAfterEnd, InstantSource clock) {
    RoomChanges changes = new RoomChanges();
    this.participants = new RoomParticipants(database, changes);
    this.rooms = new Rooms(database, participants, changes, new SecureRandom(), clock);
    this.directory = new StoredRooms(database, changes);
    this.answers = answers;
    this.keptAfterEnd = keptAfterEnd;
    this.clock = clock;
  }

  /** The versions of its REST API. */
  public static ApiVersions versions() {
    return RoomsVersions.table();
  }

  /** Instances to register with Jakarta REST. */
  public List<Object> restComponents() {
    return List.of(
        new RoomsResource(rooms, answers, PAGE), new RoomParticipantsResource(participants, PAGE));
  }

  /** What goes when a resource is deleted: participants first, so that no step is long. */
  public ResourceData data() {
    return (sql, resourceId, most) -> {
      int removed = removeSome(sql, PARTICIPANTS_OF, resourceId, most);
      return removed < most
          ? removed + removeSome(sql, ROOMS_OF, resourceId, most - removed)
          : removed;
    };
  }

  private static int removeSome(Handle sql, String statement, UUID resourceId, int most) {
    return sql.createUpdate(statement)
        .bind("resource", resourceId.toString())
        .bind("most", most)
        .execute();
  }

  /** Who may join which room, for calls. */
  public RoomDirectory directory() {
    return directory;
  }

  /** Removes the rooms that ended too long ago. To be called now and then. */
  public void removeEnded() {
    int removed;
    int all = 0;
    do {
      removed = rooms.removeEndedBefore(clock.instant().minus(keptAfterEnd), REMOVED_AT_ONCE);
      all += removed;
    } while (removed == REMOVED_AT_ONCE);
    if (all > 0) {
      LOG.info("Removed {} rooms that ended more than {} days ago", all, keptAfterEnd.toDays());
    }
  }
}
