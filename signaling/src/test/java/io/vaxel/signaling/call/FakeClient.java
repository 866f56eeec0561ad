package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Leave;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetTrackState;
import io.vaxel.signaling.proto.SubscribeAnswer;
import io.vaxel.signaling.proto.SubscribeOffer;
import io.vaxel.signaling.proto.TrackChange;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import io.vaxel.signaling.proto.UpdateSubscriptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client behind a fake connection, which knows of the call only what it was told. */
final class FakeClient implements ParticipantConnection {
  final List<ServerMessage> received = new ArrayList<>();

  /** Participant id to track id to kind and state, as Joined and the deltas said. */
  final Map<String, Map<String, String>> roster = new LinkedHashMap<>();

  final Map<String, String> trackIdsByMid = new LinkedHashMap<>();
  String participantId = "";
  @Nullable SubscribeOffer openOffer;
  int connectionNumber;
  int released;
  @Nullable CallSeat seat;
  private final String name;
  private long lastRequest;

  FakeClient(String name) {
    this.name = name;
  }

  void join(Calls calls, String groupId, AutoSubscribe auto) throws RequestRefusedException {
    join(calls, "resource", groupId, auto, true);
  }

  void join(Calls calls, String resource, String groupId, AutoSubscribe auto, boolean mayStart)
      throws RequestRefusedException {
    roster.clear();
    trackIdsByMid.clear();
    openOffer = null;
    connectionNumber = 0;
    participantId = "";
    seat =
        calls.join(
            ++lastRequest,
            Join.newBuilder().setGroupId(groupId).setAutoSubscribe(auto).build(),
            new CallUser(resource, "8:acs:" + name, name, mayStart),
            this,
            () -> {});
  }

  void publish(String sdp, PublishedTrack... tracks) {
    request(
        ClientMessage.newBuilder()
            .setPublish(Publish.newBuilder().setSdp(sdp).addAllTracks(List.of(tracks))));
  }

  static PublishedTrack track(String mid, TrackKind kind, boolean muted) {
    return PublishedTrack.newBuilder().setMid(mid).setKind(kind).setMuted(muted).build();
  }

  void setState(String trackId, TrackState state) {
    request(
        ClientMessage.newBuilder()
            .setSetTrackState(SetTrackState.newBuilder().setTrackId(trackId).setState(state)));
  }

  void subscribe(List<String> on, List<String> off) {
    request(
        ClientMessage.newBuilder()
            .setUpdateSubscriptions(
                UpdateSubscriptions.newBuilder().addAllSubscribe(on).addAllUnsubscribe(off)));
  }

  void answer(int offerId, String sdp) {
    request(
        ClientMessage.newBuilder()
            .setSubscribeAnswer(SubscribeAnswer.newBuilder().setOfferId(offerId).setSdp(sdp)));
  }

  void answerOpenOffer() {
    SubscribeOffer offer = openOffer;
    if (offer != null) {
      openOffer = null;
      answer(offer.getOfferId(), "answer");
    }
  }

  void leave() {
    request(ClientMessage.newBuilder().setLeave(Leave.getDefaultInstance()));
  }

  void lost() {
    seat().lost();
  }

  void request(ClientMessage.Builder message) {
    seat().handle(message.setRequestId(++lastRequest).build(), () -> {});
  }

  long lastRequest() {
    return lastRequest;
  }

  private CallSeat seat() {
    CallSeat taken = seat;
    if (taken == null) {
      throw new IllegalStateException("not in a call");
    }
    return taken;
  }

  /** The last thing it was told. */
  ServerMessage last() {
    return received.getLast();
  }

  /** The answer to its last request. */
  ServerMessage reply() {
    List<ServerMessage> replies =
        received.stream().filter(m -> m.getInReplyTo() == lastRequest).toList();
    if (replies.size() != 1) {
      throw new AssertionError("expected one answer: " + replies);
    }
    return replies.getFirst();
  }

  /** The sub-code of the error that answered its last request, or zero. */
  int refusal() {
    return reply().getError().getSubCode();
  }

  boolean refusedWith(SignalingError error) {
    return refusal() == error.subCode() && reply().getError().getCode() == error.code();
  }

  @Override
  public void send(ServerMessage message) {
    received.add(message);
    switch (message.getBodyCase()) {
      case JOINED -> {
        participantId = message.getJoined().getParticipantId();
        message.getJoined().getParticipantsList().forEach(this::came);
      }
      case ROSTER_DELTA -> apply(message.getRosterDelta());
      case PUBLISH_ANSWER -> {
        trackIdsByMid.clear();
        trackIdsByMid.putAll(message.getPublishAnswer().getTrackIdsMap());
      }
      case SUBSCRIBE_OFFER -> {
        SubscribeOffer offer = message.getSubscribeOffer();
        if (offer.getConnectionNumber() == connectionNumber && openOffer != null) {
          throw new AssertionError("a second offer while one is open");
        }
        connectionNumber = offer.getConnectionNumber();
        openOffer = offer;
      }
      default -> {}
    }
  }

  @Override
  public void released() {
    released++;
    seat = null;
  }

  private void apply(RosterDelta delta) {
    delta.getJoinedList().forEach(this::came);
    for (String left : delta.getLeftList()) {
      if (roster.remove(left) == null) {
        throw new AssertionError(left + " left without having been there");
      }
    }
    for (TrackChange change : delta.getTracksList()) {
      Map<String, String> tracks = roster.get(change.getParticipantId());
      if (tracks == null) {
        throw new AssertionError("a track of somebody who is not there");
      }
      if (change.getTrack().getState() == TrackState.TRACK_STATE_OFF) {
        if (tracks.remove(change.getTrack().getTrackId()) == null) {
          throw new AssertionError("a track went that was not there");
        }
      } else {
        tracks.put(change.getTrack().getTrackId(), show(change.getTrack()));
      }
    }
  }

  private void came(Participant participant) {
    if (participant.getParticipantId().equals(participantId)) {
      throw new AssertionError("told about itself");
    }
    Map<String, String> tracks = new LinkedHashMap<>();
    participant.getTracksList().forEach(track -> tracks.put(track.getTrackId(), show(track)));
    Map<String, String> before = roster.put(participant.getParticipantId(), tracks);
    if (before != null && !before.equals(tracks)) {
      throw new AssertionError("tracks changed without a track change");
    }
  }

  private static String show(io.vaxel.signaling.proto.Track track) {
    return track.getKind() + " " + track.getState();
  }
}
