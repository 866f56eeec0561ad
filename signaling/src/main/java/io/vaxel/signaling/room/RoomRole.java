package io.vaxel.signaling.room;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a participant may do in a room's call, as ACS defines it ("Predefined participant roles and
 * permissions in Virtual Rooms calls").
 */
public enum RoomRole {
  /** Everything. */
  PRESENTER("Presenter", true, true),
  /** Audio, video and screen sharing. */
  COLLABORATOR("Collaborator", true, true),
  /** Audio and video. */
  ATTENDEE("Attendee", true, false),
  /** Sees and hears, and is neither seen nor heard. */
  CONSUMER("Consumer", false, false);

  private final String apiName;
  private final boolean speaks;
  private final boolean shares;

  RoomRole(String apiName, boolean speaks, boolean shares) {
    this.apiName = apiName;
    this.speaks = speaks;
    this.shares = shares;
  }

  /** The role that the REST API and the SDKs call by this name. */
  public static Optional<RoomRole> of(String apiName) {
    return Arrays.stream(values()).filter(role -> role.apiName.equals(apiName)).findFirst();
  }

  /** What the REST API and the SDKs call it. */
  public String apiName() {
    return apiName;
  }

  /** Whether it may send its microphone and camera. */
  public boolean maySpeak() {
    return speaks;
  }

  /** Whether it may share its screen. */
  public boolean mayShareScreen() {
    return shares;
  }
}
