package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.room.RoomRole;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a participant can do in a call, by the names of the calling SDK's feature Capabilities.
 * Rooms give it by role ("Predefined participant roles and permissions in Virtual Rooms calls");
 * elsewhere everybody is equal.
 */
enum Capability {
  TURN_VIDEO_ON("turnVideoOn"),
  UNMUTE_MIC("unmuteMic"),
  SHARE_SCREEN("shareScreen"),
  REMOVE_PARTICIPANT("removeParticipant"),
  HANG_UP_FOR_EVERYONE("hangUpForEveryOne"),
  ADD_COMMUNICATION_USER("addCommunicationUser"),
  ADD_PHONE_NUMBER("addPhoneNumber"),
  MANAGE_LOBBY("manageLobby"),
  SPOTLIGHT_PARTICIPANT("spotlightParticipant"),
  REMOVE_PARTICIPANTS_SPOTLIGHT("removeParticipantsSpotlight"),
  START_LIVE_CALLING_CAPTIONS("startLiveCallingCaptions"),
  RAISE_HAND("raiseHand"),
  PSTN_DIAL_OUT("pstnDialOut"),
  MUTE_OTHERS("muteOthers"),
  USE_REACTIONS("useReactions"),
  VIEW_ATTENDEE_NAMES("viewAttendeeNames"),
  FORBID_OTHERS_AUDIO("forbidOthersAudio"),
  FORBID_OTHERS_VIDEO("forbidOthersVideo"),
  REAL_TIME_TEXT("realTimeText");

  private static final Set<Capability> EVERYBODY =
      EnumSet.of(
          START_LIVE_CALLING_CAPTIONS,
          RAISE_HAND,
          USE_REACTIONS,
          VIEW_ATTENDEE_NAMES,
          REAL_TIME_TEXT);
  private static final Set<Capability> MODERATION =
      EnumSet.of(
          REMOVE_PARTICIPANT,
          SPOTLIGHT_PARTICIPANT,
          REMOVE_PARTICIPANTS_SPOTLIGHT,
          FORBID_OTHERS_AUDIO,
          FORBID_OTHERS_VIDEO);

  private final String apiName;

  Capability(String apiName) {
    this.apiName = apiName;
  }

  /** What the SDK calls it. */
  String apiName() {
    return apiName;
  }

  /**
   * What a role gives in a kind of call.
   *
   * @param role null in calls without roles
   */
  static Set<Capability> of(CallKind kind, @Nullable RoomRole role) {
    Set<Capability> all = EnumSet.copyOf(EVERYBODY);
    if (role == null || role.maySpeak()) {
      all.add(UNMUTE_MIC);
      all.add(TURN_VIDEO_ON);
    }
    if (role == null || role.mayShareScreen()) {
      all.add(SHARE_SCREEN);
    }
    if (role == null || role == RoomRole.PRESENTER) {
      all.add(HANG_UP_FOR_EVERYONE);
      all.add(MUTE_OTHERS);
      if (kind != CallKind.CALL_KIND_ONE_TO_ONE) {
        all.addAll(MODERATION);
      }
    }
    if (kind == CallKind.CALL_KIND_GROUP) {
      all.add(MANAGE_LOBBY);
    }
    if (kind != CallKind.CALL_KIND_ROOM) {
      // A room lets in whom it invites; nobody is called into it.
      all.add(ADD_COMMUNICATION_USER);
      all.add(ADD_PHONE_NUMBER);
      all.add(PSTN_DIAL_OUT);
    }
    return all;
  }

  /** What it takes to send a kind of media. */
  static Capability toSend(TrackKind kind) {
    return switch (kind) {
      case TRACK_KIND_AUDIO -> UNMUTE_MIC;
      case TRACK_KIND_SCREEN_SHARE -> SHARE_SCREEN;
      default -> TURN_VIDEO_ON;
    };
  }
}
