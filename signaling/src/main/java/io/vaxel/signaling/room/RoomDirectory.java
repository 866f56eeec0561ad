package io.vaxel.signaling.room;

import java.util.Optional;

/** The rooms of all resources: a port that the control plane implements. Safe for any thread. */
public interface RoomDirectory {
  /**
   * The room as it is now; empty when the resource has no such room. Blocks.
   *
   * @param resourceId whose rooms are meant
   * @param roomId any text
   */
  Optional<RoomAdmission> find(String resourceId, String roomId);

  /** Hears of every change of a room from now on, after it is on disk. */
  void watch(Watcher watcher);

  /** Hears of changes. */
  @FunctionalInterface
  interface Watcher {
    /** A room or its participants changed, or the room is gone. Any thread; does not block. */
    void changed(String resourceId, String roomId);
  }
}
