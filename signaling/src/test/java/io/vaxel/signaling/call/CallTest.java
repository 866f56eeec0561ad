package io.vaxel.signaling.call;

import static io.vaxel.signaling.proto.AutoSubscribe.AUTO_SUBSCRIBE_ALL;
import static io.vaxel.signaling.proto.AutoSubscribe.AUTO_SUBSCRIBE_AUDIO;
import static io.vaxel.signaling.proto.AutoSubscribe.AUTO_SUBSCRIBE_NONE;
import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_AUDIO;
import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_SCREEN_SHARE;
import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_UNSPECIFIED;
import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_VIDEO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.MediaState;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SubscribeOffer;
import io.vaxel.signaling.proto.TrackState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
  private static final PublishedTrack MICROPHONE = FakeClient.track("0", TRACK_KIND_AUDIO, false);
  private static final PublishedTrack CAMERA = FakeClient.track("1", TRACK_KIND_VIDEO, false);
  private static final PublishedTrack SCREEN =
      FakeClient.track("2", TRACK_KIND_SCREEN_SHARE, false);

  private final CallRig rig = new CallRig();

  private FakeClient joined(String name, AutoSubscribe auto) {
    FakeClient client = new FakeClient(name);
    try {
      client.join(rig.calls, CallRig.GROUP, auto);
    } catch (RequestRefusedException e) {
      throw new AssertionError(e);
    }
    rig.run();
    return client;
  }

  private static SubscribeOffer openOffer(FakeClient client) {
    SubscribeOffer offer = client.openOffer;
    if (offer == null) {
      throw new AssertionError("no offer is open");
    }
    return offer;
  }

  @Test
  void tellsTheJoinerWhoIsThereAndTheOthersWhoCame() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE, FakeClient.track("1", TRACK_KIND_VIDEO, true));
    rig.run();
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_NONE);

    assertTrue(bob.reply().hasJoined());
    assertEquals(
        Map.of(
            alice.participantId,
            Map.of(
                "t1", "TRACK_KIND_AUDIO TRACK_STATE_ON",
                "t2", "TRACK_KIND_VIDEO TRACK_STATE_MUTED")),
        bob.roster);
    assertEquals(Set.of(bob.participantId), alice.roster.keySet());
    assertEquals("bob", alice.last().getRosterDelta().getJoined(0).getDisplayName());
    assertEquals("8:acs:bob", alice.last().getRosterDelta().getJoined(0).getUserId());
  }

  @Test
  void sameUserIsWelcomeFromASecondDevice() {
    FakeClient phone = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient laptop = joined("alice", AUTO_SUBSCRIBE_NONE);

    assertTrue(laptop.reply().hasJoined());
    assertEquals(Set.of(laptop.participantId), phone.roster.keySet());
  }

  @Test
  void callsOfTwoResourcesNeverMeet() throws RequestRefusedException {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient stranger = new FakeClient("stranger");
    stranger.join(rig.calls, "elsewhere", CallRig.GROUP, AUTO_SUBSCRIBE_NONE, true);
    rig.run();

    assertTrue(alice.roster.isEmpty());
    assertTrue(stranger.roster.isEmpty());
    assertEquals(2, rig.calls.callCount());
  }

  @Test
  void offersNewTracksToThoseWhoWantEverything() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    FakeClient carol = joined("carol", AUTO_SUBSCRIBE_AUDIO);
    alice.publish("offer", MICROPHONE, CAMERA);
    rig.run();

    assertEquals(Set.of("t1", "t2"), Set.copyOf(openOffer(bob).getTrackIdsMap().values()));
    assertEquals(Set.of("t1"), Set.copyOf(openOffer(carol).getTrackIdsMap().values()));
    assertNull(alice.openOffer);
  }

  @Test
  void offersTracksThatWereThereBeforeTheJoin() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE, CAMERA);
    rig.run();
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);

    assertEquals(1, openOffer(bob).getOfferId());
    assertEquals(2, openOffer(bob).getTrackIdsCount());
    assertTrue(bob.received.getFirst().hasJoined());
  }

  @Test
  void holdsTheNextOfferUntilTheOpenOneIsAnswered() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    alice.publish("offer", MICROPHONE, CAMERA);
    rig.run();
    assertEquals(1, openOffer(bob).getOfferId());

    bob.answerOpenOffer();
    rig.run();
    assertTrue(bob.reply().hasDone());
    assertEquals(2, openOffer(bob).getOfferId());
    assertEquals(2, openOffer(bob).getTrackIdsCount());
  }

  @Test
  void refusesAnAnswerToNoOffer() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    bob.answer(1, "answer");
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.OFFER_NOT_OPEN));

    alice.publish("offer", MICROPHONE);
    rig.run();
    bob.answer(7, "answer");
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.OFFER_NOT_OPEN));
  }

  @Test
  void keepsTheOfferOpenWhenTheAnswerIsRefused() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    bob.answer(1, "refused");
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.SDP_REFUSED));
    bob.answer(1, "answer");
    rig.run();
    assertTrue(bob.reply().hasDone());
  }

  @Test
  void takesTracksOffThatALaterOfferNoLongerSends() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE, CAMERA);
    rig.run();
    alice.publish("offer", MICROPHONE);
    rig.run();

    assertEquals(
        Map.of(alice.participantId, Map.of("t1", "TRACK_KIND_AUDIO TRACK_STATE_ON")), bob.roster);
    assertEquals(Set.of("t1"), rig.media.call().subscribers.getFirst().tracks);
  }

  @Test
  void refusedOfferChangesNothing() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("refused", MICROPHONE);
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.SDP_REFUSED));
    assertEquals(1, rig.media.openCount(), "only the call itself");

    alice.publish("offer", MICROPHONE);
    rig.run();
    alice.publish("refused", CAMERA);
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.SDP_REFUSED));
    assertEquals(
        Map.of(alice.participantId, Map.of("t1", "TRACK_KIND_AUDIO TRACK_STATE_ON")), bob.roster);
  }

  @Test
  void refusesTracksThatAreNotDescribedWell() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE, MICROPHONE);
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.INVALID_TRACK), "the same mid twice");

    for (String mid : List.of("", "12345678901234567", "a b", "ä", "\r\n")) {
      alice.publish("offer", FakeClient.track(mid, TRACK_KIND_AUDIO, false));
      rig.run();
      assertTrue(alice.refusedWith(SignalingError.INVALID_TRACK), mid);
    }
    alice.publish("offer", FakeClient.track("0", TRACK_KIND_UNSPECIFIED, false));
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.INVALID_TRACK), "no kind");
    alice.publish("offer", PublishedTrack.newBuilder().setMid("0").setKindValue(99).build());
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.INVALID_TRACK), "a kind of the future");
    alice.publish(
        "offer", MICROPHONE, CAMERA, SCREEN, FakeClient.track("3", TRACK_KIND_VIDEO, false));
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.TOO_MANY_TRACKS));
    assertEquals(1, rig.media.openCount(), "only the call itself");
  }

  @Test
  void mutesAndUnmutesATrackForEverybody() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    alice.setState("t1", TrackState.TRACK_STATE_MUTED);
    rig.run();
    assertTrue(alice.reply().hasDone());
    assertEquals(true, rig.media.call().publishers.getFirst().muted.get("t1"));
    assertEquals(
        Map.of("t1", "TRACK_KIND_AUDIO TRACK_STATE_MUTED"), bob.roster.get(alice.participantId));

    alice.setState("t1", TrackState.TRACK_STATE_ON);
    rig.run();
    assertEquals(false, rig.media.call().publishers.getFirst().muted.get("t1"));
    assertEquals(
        Map.of("t1", "TRACK_KIND_AUDIO TRACK_STATE_ON"), bob.roster.get(alice.participantId));
  }

  @Test
  void staysMutedWhenPublishedAgain() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE);
    rig.run();
    alice.setState("t1", TrackState.TRACK_STATE_MUTED);
    alice.publish("offer", MICROPHONE, CAMERA);
    rig.run();
    assertEquals(true, rig.media.call().publishers.getFirst().muted.get("t1"));
  }

  @Test
  void trackThatIsTurnedOffIsGoneAndComesBackByPublish() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    alice.setState("t1", TrackState.TRACK_STATE_OFF);
    rig.run();
    assertEquals(Map.of(alice.participantId, Map.of()), bob.roster);
    assertEquals(Set.of(), rig.media.call().subscribers.getFirst().tracks);
    alice.setState("t1", TrackState.TRACK_STATE_ON);
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.UNKNOWN_TRACK));

    alice.publish("offer", MICROPHONE);
    rig.run();
    assertEquals(
        Map.of("t1", "TRACK_KIND_AUDIO TRACK_STATE_ON"), bob.roster.get(alice.participantId));
    assertEquals(false, rig.media.call().publishers.getFirst().muted.get("t1"));
    assertEquals(Set.of("t1"), rig.media.call().subscribers.getFirst().tracks);
  }

  @Test
  void refusesStatesOfTracksThatAreNotOnesOwn() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE);
    rig.run();
    bob.setState("t1", TrackState.TRACK_STATE_MUTED);
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.NOT_YOUR_TRACK));
    bob.setState("t9", TrackState.TRACK_STATE_MUTED);
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.UNKNOWN_TRACK));
    alice.setState("t1", TrackState.TRACK_STATE_UNSPECIFIED);
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.INVALID_TRACK_STATE));
  }

  @Test
  void subscribesToWhatIsAskedForAndNothingElse() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE, CAMERA);
    rig.run();
    assertNull(bob.openOffer);
    bob.subscribe(List.of("t2"), List.of());
    rig.run();
    assertEquals(List.of("t2"), List.copyOf(openOffer(bob).getTrackIdsMap().values()));

    bob.answerOpenOffer();
    bob.subscribe(List.of(), List.of("t2", "long gone"));
    rig.run();
    assertEquals(Set.of(), rig.media.call().subscribers.getFirst().tracks);
  }

  @Test
  void refusesSubscriptionsAsAWhole() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE);
    bob.publish("offer", MICROPHONE);
    rig.run();
    bob.subscribe(List.of("t1", "t9"), List.of());
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.UNKNOWN_TRACK));
    bob.subscribe(List.of("t1", "t2"), List.of());
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.OWN_TRACK));
    assertTrue(rig.media.call().subscribers.isEmpty());
  }

  @Test
  void fillsRoomForSubscriptionsWithAudioFirstAndRefillsIt() throws RequestRefusedException {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", CAMERA, SCREEN, FakeClient.track("5", TRACK_KIND_VIDEO, false));
    rig.run();
    bob.publish("offer", CAMERA, MICROPHONE);
    rig.run();
    FakeClient carol = joined("carol", AUTO_SUBSCRIBE_ALL);
    FakeMedia.FakeSubscriber receiving = rig.media.call().subscribers.getFirst();
    assertEquals(4, receiving.tracks.size());
    assertTrue(receiving.tracks.contains(bob.trackIdsByMid.get("0")), "audio");

    carol.subscribe(
        List.copyOf(bob.trackIdsByMid.values()), List.copyOf(alice.trackIdsByMid.values()));
    rig.run();
    assertEquals(Set.copyOf(bob.trackIdsByMid.values()), receiving.tracks, "declined stays off");
    carol.subscribe(
        List.of(
            alice.trackIdsByMid.get("1"),
            alice.trackIdsByMid.get("2"),
            alice.trackIdsByMid.get("5")),
        List.of());
    rig.run();
    assertTrue(carol.refusedWith(SignalingError.TOO_MANY_SUBSCRIPTIONS));
    assertEquals(Set.copyOf(bob.trackIdsByMid.values()), receiving.tracks);
  }

  @Test
  void refillsRoomThatALeavingTrackFreed() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", CAMERA, SCREEN, FakeClient.track("5", TRACK_KIND_VIDEO, false));
    bob.publish("offer", CAMERA, FakeClient.track("4", TRACK_KIND_VIDEO, false));
    rig.run();
    joined("carol", AUTO_SUBSCRIBE_ALL);
    FakeMedia.FakeSubscriber receiving = rig.media.call().subscribers.getFirst();
    assertEquals(4, receiving.tracks.size());
    assertFalse(receiving.tracks.contains(bob.trackIdsByMid.get("4")));

    alice.leave();
    rig.run();
    assertEquals(Set.copyOf(bob.trackIdsByMid.values()), receiving.tracks);
  }

  @Test
  void leavingIsAnsweredAndToldAndClosesMedia() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_ALL);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    bob.publish("offer", MICROPHONE);
    rig.run();
    alice.leave();
    rig.run();

    assertTrue(alice.reply().hasLeft());
    assertEquals(1, alice.released);
    assertTrue(bob.roster.isEmpty());
    assertEquals(1, rig.calls.participantCount());
    assertEquals(3, rig.media.openCount(), "the call and two connections of bob");
    bob.leave();
    rig.run();
    assertEquals(0, rig.media.openCount());
    assertEquals(0, rig.calls.callCount());
    assertEquals(0, rig.calls.participantCount());
  }

  @Test
  void lostConnectionLeavesWithoutAWord() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_ALL);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    int told = alice.received.size();
    alice.lost();
    rig.run();

    assertEquals(told, alice.received.size());
    assertEquals(1, alice.released);
    assertTrue(bob.roster.isEmpty());
  }

  @Test
  void connectionLostWhileJoiningLeavesNoGhost() throws RequestRefusedException {
    FakeClient alice = new FakeClient("alice");
    alice.join(rig.calls, CallRig.GROUP, AUTO_SUBSCRIBE_ALL);
    alice.lost();
    rig.run();
    assertEquals(0, rig.calls.callCount());
    assertEquals(0, rig.media.openCount());
  }

  @Test
  void mayBeJoinedAgainAfterLeaving() throws RequestRefusedException {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    String before = alice.participantId;
    alice.leave();
    rig.run();
    alice.join(rig.calls, CallRig.GROUP, AUTO_SUBSCRIBE_NONE);
    rig.run();
    assertTrue(alice.reply().hasJoined());
    assertFalse(before.equals(alice.participantId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1-1-1-1-1", "lunch", "29228d3e-040e-4656-a70e-890ab4e173e5 ", "{29228d3e}"})
  void refusesAGroupIdThatIsNoUuid(String groupId) {
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class,
            () -> new FakeClient("alice").join(rig.calls, groupId, AUTO_SUBSCRIBE_NONE));
    assertEquals(SignalingError.INVALID_GROUP_ID, refused.error());
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void refusesToStartACallWithATokenThatMayOnlyJoin() throws RequestRefusedException {
    FakeClient guest = new FakeClient("guest");
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class,
            () -> guest.join(rig.calls, "resource", CallRig.GROUP, AUTO_SUBSCRIBE_NONE, false));
    assertEquals(SignalingError.START_NOT_ALLOWED, refused.error());
    joined("alice", AUTO_SUBSCRIBE_NONE);
    guest.join(rig.calls, "resource", CallRig.GROUP, AUTO_SUBSCRIBE_NONE, false);
    rig.run();
    assertTrue(guest.reply().hasJoined());
  }

  @Test
  void refusesMoreParticipantsAndCallsThanAllowed() throws RequestRefusedException {
    for (int i = 0; i < 5; i++) {
      joined("user" + i, AUTO_SUBSCRIBE_NONE);
    }
    FakeClient sixth = joined("sixth", AUTO_SUBSCRIBE_NONE);
    assertTrue(sixth.refusedWith(SignalingError.CALL_FULL));
    assertEquals(1, sixth.released);
    assertEquals(5, rig.calls.participantCount());

    new FakeClient("other").join(rig.calls, CallRig.OTHER_GROUP, AUTO_SUBSCRIBE_NONE);
    rig.run();
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class,
            () -> sixth.join(rig.calls, "elsewhere", CallRig.GROUP, AUTO_SUBSCRIBE_NONE, true));
    assertEquals(SignalingError.TOO_MANY_CALLS, refused.error());
    assertEquals(2, rig.calls.callCount());
  }

  @Test
  void refusesRequestsOfAFutureProtocol() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    alice.request(ClientMessage.newBuilder());
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.UNKNOWN_MESSAGE));
  }

  @Test
  void failedPublishConnectionTakesItsTracksOffAndMayBeReplaced() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    FakeMedia.FakePublisher first = rig.media.call().publishers.getFirst();
    first.listener.connected();
    assertEquals(MediaState.State.CONNECTED, alice.last().getMediaState().getState());
    first.listener.failed("consent expired");

    MediaState state = alice.last().getMediaState();
    assertEquals(MediaState.State.FAILED, state.getState());
    assertEquals(MediaState.Connection.PUBLISH, state.getConnection());
    assertEquals("consent expired", state.getMessage());
    assertTrue(first.closed);
    assertEquals(Map.of(alice.participantId, Map.of()), bob.roster);
    assertEquals(2, rig.calls.participantCount(), "the participant stays");

    alice.publish("offer", MICROPHONE);
    rig.run();
    assertEquals(
        Map.of("t2", "TRACK_KIND_AUDIO TRACK_STATE_ON"), bob.roster.get(alice.participantId));
  }

  @Test
  void failedSubscribeConnectionIsOfferedAnewAFewTimes() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    for (int failure = 1; failure <= 3; failure++) {
      assertEquals(failure, openOffer(bob).getConnectionNumber());
      bob.openOffer = null;
      rig.media.call().subscribers.getLast().listener.failed("unreachable");
    }
    assertNull(bob.openOffer, "given up");
    assertEquals(3, rig.media.call().subscribers.size());

    bob.subscribe(List.of("t1"), List.of());
    rig.run();
    assertEquals(4, openOffer(bob).getConnectionNumber());
    rig.media.call().subscribers.getLast().listener.connected();
    assertEquals(MediaState.Connection.SUBSCRIBE, bob.last().getMediaState().getConnection());
  }

  @Test
  void fullSubscribeConnectionIsReplaced() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    bob.answerOpenOffer();
    rig.run();
    FakeMedia.FakeSubscriber first = rig.media.call().subscribers.getFirst();
    first.room = 0;
    alice.publish("offer", MICROPHONE, CAMERA);
    rig.run();

    assertTrue(first.closed);
    assertEquals(2, openOffer(bob).getConnectionNumber());
    assertEquals(Set.of("t1", "t2"), rig.media.call().subscribers.getLast().tracks);
  }

  @Test
  void activeSpeakersAreToldOnceForEachChangeAndNotTooOften() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE);
    bob.publish("offer", MICROPHONE);
    rig.run();
    FakeMedia.FakeCall call = rig.media.call();
    int before = bob.received.size();
    call.activeSpeakers.accept(List.of("t1", "gone"));
    assertEquals(
        List.of(alice.participantId), bob.last().getActiveSpeakers().getParticipantIdsList());
    call.activeSpeakers.accept(List.of("t2", "t1"));
    call.activeSpeakers.accept(List.of("t2"));
    assertEquals(before + 1, bob.received.size());

    rig.advance(Duration.ofMillis(299));
    assertEquals(before + 1, bob.received.size());
    rig.advance(Duration.ofMillis(1));
    assertEquals(
        List.of(bob.participantId), bob.last().getActiveSpeakers().getParticipantIdsList());
    rig.advance(Duration.ofSeconds(5));
    call.activeSpeakers.accept(List.of("t2"));
    assertEquals(before + 2, bob.received.size());

    FakeClient carol = joined("carol", AUTO_SUBSCRIBE_NONE);
    assertEquals(
        List.of(bob.participantId), carol.last().getActiveSpeakers().getParticipantIdsList());
  }

  @Test
  void mutedParticipantIsNoSpeaker() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", FakeClient.track("0", TRACK_KIND_AUDIO, true));
    rig.run();
    int before = alice.received.size();
    rig.media.call().activeSpeakers.accept(List.of("t1"));
    assertEquals(before, alice.received.size());
  }

  @Test
  void endsEveryCallWithAReasonAndRefusesOthers() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_ALL);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);
    alice.publish("offer", MICROPHONE);
    rig.run();
    rig.calls.endAll(EndReason.SERVER_STOPPING);
    rig.run();

    for (FakeClient client : List.of(alice, bob)) {
      ServerMessage ended =
          client.received.stream().filter(ServerMessage::hasCallEnded).findFirst().orElseThrow();
      assertEquals(503, ended.getCallEnded().getCode());
      assertEquals(50302, ended.getCallEnded().getSubCode());
      assertEquals(1, client.released);
    }
    assertEquals(0, rig.media.openCount());
    assertEquals(0, rig.calls.callCount());
    assertThrows(
        RequestRefusedException.class,
        () -> alice.join(rig.calls, CallRig.GROUP, AUTO_SUBSCRIBE_ALL));
  }

  @Test
  void mistakeOfTheServerTakesOutTheOneParticipant() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_NONE);
    rig.media.call().failNextOpen = true;
    alice.publish("offer", MICROPHONE);
    rig.run();

    assertTrue(alice.refusedWith(SignalingError.INTERNAL));
    assertTrue(alice.last().hasCallEnded());
    assertEquals(1, alice.released);
    assertTrue(bob.roster.isEmpty());
    assertEquals(1, rig.calls.participantCount());
  }

  @Test
  void mistakeWhileJoiningLeavesNoGhost() {
    FakeClient alice = joined("alice", AUTO_SUBSCRIBE_NONE);
    alice.publish("offer", MICROPHONE);
    rig.run();
    rig.media.call().failNextOpen = true;
    FakeClient bob = joined("bob", AUTO_SUBSCRIBE_ALL);

    assertTrue(bob.last().hasCallEnded());
    assertEquals(1, bob.released);
    assertTrue(alice.roster.isEmpty());
    assertEquals(1, rig.calls.participantCount());
  }
}
