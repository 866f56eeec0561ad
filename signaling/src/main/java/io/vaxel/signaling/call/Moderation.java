package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.proto.MuteOthers;
import io.vaxel.signaling.proto.SetMediaAccess;
import io.vaxel.signaling.proto.TrackEnded;
import java.util.List;

/** What one participant does to the media of others. Used on the call's loop. */
final class Moderation {
  private final CallRoster roster;
  private final CallPermissions permissions;
  private final CallTracks tracks;

  Moderation(CallRoster roster, CallPermissions permissions, CallTracks tracks) {
    this.roster = roster;
    this.permissions = permissions;
    this.tracks = tracks;
  }

  /** Carries out MuteOthers; when it throws, nothing has changed. */
  void mute(CallParticipant from, long requestId, MuteOthers request)
      throws RequestRefusedException {
    permissions.require(from, Capability.MUTE_OTHERS);
    List<CallParticipant> meant = roster.chosen(from, request.getParticipantIdsList());
    from.send(ServerMessages.done(requestId));
    for (CallParticipant participant : meant) {
      if (tracks.mute(participant)) {
        permissions.tellSelf(participant, from.id());
      }
    }
  }

  /** Carries out SetMediaAccess; when it throws, nothing has changed. */
  void setMediaAccess(CallParticipant from, long requestId, SetMediaAccess request)
      throws RequestRefusedException {
    if (request.hasAudioPermitted()) {
      permissions.require(from, Capability.FORBID_OTHERS_AUDIO);
    }
    if (request.hasVideoPermitted()) {
      permissions.require(from, Capability.FORBID_OTHERS_VIDEO);
    }
    List<CallParticipant> meant = roster.chosen(from, request.getParticipantIdsList());
    from.send(ServerMessages.done(requestId));
    for (CallParticipant participant : meant) {
      apply(participant, request);
    }
  }

  private void apply(CallParticipant participant, SetMediaAccess request) {
    if (request.hasAudioPermitted()) {
      participant.audioForbidden(!request.getAudioPermitted());
      if (!request.getAudioPermitted()) {
        tracks.mute(participant);
      }
    }
    if (request.hasVideoPermitted()) {
      participant.videoForbidden(!request.getVideoPermitted());
      if (!request.getVideoPermitted()) {
        tracks.endVideo(participant, TrackEnded.Reason.FORBIDDEN);
      }
    }
    permissions.tellSelf(participant);
    roster.changed(participant);
  }
}
