package io.vaxel.signaling.room;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may be in a room's call and when, at one moment.
 *
 * @param validFrom from when the room may be joined
 * @param validUntil when it ends, later than {@code validFrom}
 * @param roles who is invited, by raw id
 */
public record RoomAdmission(Instant validFrom, Instant validUntil, Map<String, RoomRole> roles) {
  public RoomAdmission {
    roles = Map.copyOf(roles);
  }

  /** Whether the room is open: from its beginning, included, to its end, excluded. */
  public boolean isOpen(Instant now) {
    return !now.isBefore(validFrom) && now.isBefore(validUntil);
  }

  /** The role of an invited user, or null. */
  public @Nullable RoomRole roleOf(String userId) {
    return roles.get(userId);
  }
}
