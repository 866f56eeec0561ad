package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.vaxel.signaling.proto.ActiveSpeakers;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who speaks, told to everybody. Used on the call's loop. */
final class CallSpeakers {
  private final CallRoster roster;
  private final SpeakerNotices notices;

  CallSpeakers(CallRoster roster, EventExecutor loop, Duration interval) {
    this.roster = roster;
    this.notices = new SpeakerNotices(loop, interval, ids -> roster.tell(message(ids)));
  }

  /** Says which audio tracks are heard, the loudest first. */
  void heard(List<String> trackIds) {
    List<String> participantIds = new ArrayList<>();
    for (String trackId : trackIds) {
      @Nullable CallTrack track = roster.find(trackId);
      if (track != null
          && track.state() == TrackState.TRACK_STATE_ON
          && !participantIds.contains(track.ownerId())) {
        participantIds.add(track.ownerId());
      }
    }
    notices.update(participantIds);
  }

  /** Tells a newcomer what the others know. */
  void tell(CallParticipant newcomer) {
    if (!notices.told().isEmpty()) {
      newcomer.send(message(notices.told()));
    }
  }

  /** A participant is gone; the others know by the roster. */
  void remove(CallParticipant participant) {
    notices.remove(participant.id());
  }

  void close() {
    notices.close();
  }

  private static ServerMessage message(List<String> participantIds) {
    return ServerMessage.newBuilder()
        .setActiveSpeakers(ActiveSpeakers.newBuilder().addAllParticipantIds(participantIds))
        .build();
  }
}
