package io.vaxel.control.rooms;

import io.vaxel.signaling.room.RoomDirectory;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever watches that a room changed. Safe for any thread. */
final class RoomChanges {
  private final List<RoomDirectory.Watcher> watchers = new CopyOnWriteArrayList<>();

  void watch(RoomDirectory.Watcher watcher) {
    watchers.add(watcher);
  }

  /** A change of a room is on disk. */
  void changed(UUID resourceId, String roomId) {
    watchers.forEach(watcher -> watcher.changed(resourceId.toString(), roomId));
  }
}
