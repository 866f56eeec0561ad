package io.vaxel.signaling.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rooms that a test makes and changes, of any resource. */
public final class FakeRooms implements RoomDirectory {
  private final Map<String, RoomAdmission> rooms = new HashMap<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private boolean broken;

  /** Makes or changes a room, and tells those who watch. */
  public void put(String roomId, RoomAdmission room) {
    rooms.put(roomId, room);
    tell(roomId);
  }

  /** As another server does it: nobody here is told. */
  public void putElsewhere(String roomId, RoomAdmission room) {
    rooms.put(roomId, room);
  }

  public void remove(String roomId) {
    rooms.remove(roomId);
    tell(roomId);
  }

  /** Whether reading fails. */
  public void broken(boolean isBroken) {
    broken = isBroken;
  }

  @Override
  public Optional<RoomAdmission> find(String resourceId, String roomId) {
    if (broken) {
      throw new IllegalStateException("no database");
    }
    return Optional.ofNullable(rooms.get(roomId));
  }

  @Override
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  private void tell(String roomId) {
    watchers.forEach(watcher -> watcher.changed("resource", roomId));
  }
}
