package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.room.RoomRole;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes participants, and leads what their media connections tell to those whom it concerns. What
 * one says who has left, or is not in yet, is of no interest. Used on the call's loop.
 */
final class ParticipantMedia {
  private final CallMedia media;
  private final CallEnvironment environment;
  private final CallRoster roster;
  private final CallTracks tracks;
  private final Absences absences;

  ParticipantMedia(
      CallMedia media,
      CallEnvironment environment,
      CallRoster roster,
      CallTracks tracks,
      Absences absences) {
    this.media = media;
    this.environment = environment;
    this.roster = roster;
    this.tracks = tracks;
    this.absences = absences;
  }

  /**
   * A participant whose media connections open when they are needed.
   *
   * @param role what it may do in a room's call; null in other calls
   */
  CallParticipant open(
      String id,
      AutoSubscribe auto,
      CallUser user,
      @Nullable RoomRole role,
      ParticipantConnection connection) {
    return new CallParticipant(
        id,
        user,
        role,
        connection,
        new Publication(
            media,
            connection,
            () -> inCall(id, this::published),
            () -> inCall(id, this::publicationFailed)),
        new Subscriptions(
            media,
            connection,
            auto,
            environment.limits().subscriptionsPerParticipant(),
            () -> inCall(id, this::subscriptionFailed)),
        new ModalityWatch(
            media.loop(),
            environment.timeouts().modality(),
            trackId -> inCall(id, participant -> tracks.modalityFailed(participant, trackId))));
  }

  private void inCall(String id, Consumer<CallParticipant> task) {
    CallParticipant participant = roster.participant(id);
    if (participant != null) {
      task.accept(participant);
    }
  }

  private void published(CallParticipant participant) {
    participant.modality().connected();
    absences.mediaChanged(participant);
  }

  private void publicationFailed(CallParticipant participant) {
    tracks.publicationFailed(participant);
    absences.mediaChanged(participant);
  }

  private void subscriptionFailed(CallParticipant participant) {
    tracks.offer(participant);
    absences.mediaChanged(participant);
  }
}
