package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AnswerCall;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.CallEnded;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.IncomingCallShown;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Leave;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.SelfChanged;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetTrackState;
import io.vaxel.signaling.proto.SubscribeAnswer;
import io.vaxel.signaling.proto.SubscribeOffer;
import io.vaxel.signaling.proto.TrackChange;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import io.vaxel.signaling.proto.UpdateSubscriptions;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Places a call as a user of the resource "acme". */
  void place(Calls calls, String... targets) throws RequestRefusedException {
    place(calls, PlaceCall.newBuilder().addAllTargets(List.of(targets)).build());
  }

  void place(Calls calls, PlaceCall request) throws RequestRefusedException {
    seat = calls.place(++lastRequest, request, user(), this, () -> {});
  }

  void accept(Calls calls, String callId) throws RequestRefusedException {
    seat =
        calls.answer(
            ++lastRequest,
            AnswerCall.newBuilder().setCallId(callId).build(),
            user(),
            this,
            () -> {});
  }

  void reject(Calls calls, String callId, Device device, RejectCall.Reason reason)
      throws RequestRefusedException {
    calls.reject(
        ++lastRequest,
        RejectCall.newBuilder().setCallId(callId).setReason(reason).build(),
        user(),
        device,
        this,
        () -> {});
  }

  void shown(Calls calls, String callId) throws RequestRefusedException {
    calls.shown(
        ++lastRequest,
        IncomingCallShown.newBuilder().setCallId(callId).build(),
        user(),
        this,
        () -> {});
  }

  void join(Calls calls, Join request) throws RequestRefusedException {
    seat = calls.join(++lastRequest, request, user(), this, () -> {});
  }

  /** Who it is when it places or accepts calls. */
  CallUser user() {
    return new CallUser("acme", rawId(name), name, true);
  }

  /** The raw id of a user of the resource "acme", or of a telephone. */
  static String rawId(String name) {
    return name.startsWith("+") ? "4:" + name : "8:acs:acme_" + name;
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

  CallSeat seat() {
    CallSeat taken = seat;
    if (taken == null) {
      throw new IllegalStateException("not in a call");
    }
    return taken;
  }

  /** What it was told of a kind. */
  List<ServerMessage> told(ServerMessage.BodyCase kind) {
    return received.stream().filter(m -> m.getBodyCase() == kind).toList();
  }

  /** Why its call ended; fails when it was not told exactly once. */
  EndReason endReason() {
    List<ServerMessage> ends = told(ServerMessage.BodyCase.CALL_ENDED);
    if (ends.size() != 1) {
      throw new AssertionError("ended " + ends);
    }
    CallEnded end = ends.getFirst().getCallEnded();
    return reason(end.getCode(), end.getSubCode());
  }

  static EndReason reason(int code, int subCode) {
    return Arrays.stream(EndReason.values())
        .filter(reason -> reason.code() == code && reason.subCode() == subCode)
        .findFirst()
        .orElseThrow();
  }

  boolean hasEnded() {
    return !told(ServerMessage.BodyCase.CALL_ENDED).isEmpty();
  }

  /** What it was told last of another participant. */
  Participant seen(String participantId) {
    Participant found = null;
    for (ServerMessage message : received) {
      List<Participant> list =
          message.hasJoined()
              ? message.getJoined().getParticipantsList()
              : message.getRosterDelta().getJoinedList();
      for (Participant participant : list) {
        if (participant.getParticipantId().equals(participantId)) {
          found = participant;
        }
      }
    }
    if (found == null) {
      throw new AssertionError("never saw " + participantId);
    }
    return found;
  }

  /** What it knows that another one publishes. */
  Map<String, String> tracksOf(FakeClient other) {
    return roster.getOrDefault(other.participantId, Map.of());
  }

  /** What it was told last of itself. */
  SelfChanged self() {
    return told(ServerMessage.BodyCase.SELF_CHANGED).getLast().getSelfChanged();
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
  public void released(@Nullable ServerMessage farewell) {
    if (farewell != null) {
      send(farewell);
    }
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
