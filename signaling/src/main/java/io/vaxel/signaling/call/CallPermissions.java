package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.SelfChanged;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import java.util.List;
import java.util.Set;

/**
 * What kind of call it is, what each participant may do in it, and how a participant is told that
 * something of itself changed. Used on the call's loop.
 */
final class CallPermissions {
  private CallKind kind;

  CallPermissions(CallKind kind) {
    this.kind = kind;
  }

  CallKind kind() {
    return kind;
  }

  void kind(CallKind newKind) {
    kind = newKind;
  }

  boolean isOneToOne() {
    return kind == CallKind.CALL_KIND_ONE_TO_ONE;
  }

  boolean has(CallParticipant participant, Capability capability) {
    return of(participant).contains(capability);
  }

  /** Refuses the request with NOT_PERMITTED when a participant lacks a capability. */
  void require(CallParticipant participant, Capability capability) throws RequestRefusedException {
    if (!has(participant, capability)) {
      throw new RequestRefusedException(SignalingError.NOT_PERMITTED);
    }
  }

  /** The capabilities that a participant has, by the SDK's names. */
  List<String> names(CallParticipant participant) {
    return of(participant).stream().map(Capability::apiName).toList();
  }

  /** Tells a participant what it is and may do now. */
  void tellSelf(CallParticipant participant) {
    tellSelf(participant, "");
  }

  /**
   * Tells a participant that it was muted.
   *
   * @param mutedBy participant id of who did it
   */
  void tellSelf(CallParticipant participant, String mutedBy) {
    participant.send(
        ServerMessage.newBuilder()
            .setSelfChanged(
                SelfChanged.newBuilder()
                    .setParticipant(participant.toProto())
                    .addAllCapabilities(names(participant))
                    .setMutedBy(mutedBy))
            .build());
  }

  private Set<Capability> of(CallParticipant participant) {
    Set<Capability> all = Capability.of(kind, participant.role());
    for (TrackKind media :
        List.of(
            TrackKind.TRACK_KIND_AUDIO,
            TrackKind.TRACK_KIND_VIDEO,
            TrackKind.TRACK_KIND_SCREEN_SHARE)) {
      if (participant.isForbidden(media)) {
        all.remove(Capability.toSend(media));
      }
    }
    return all;
  }
}
