package io.vaxel.signaling.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AnswerLobby;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.MuteOthers;
import io.vaxel.signaling.proto.ParticipantState;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.Reaction;
import io.vaxel.signaling.proto.SendData;
import io.vaxel.signaling.proto.SendDtmf;
import io.vaxel.signaling.proto.SendReaction;
import io.vaxel.signaling.proto.SendRealTimeText;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetCaptions;
import io.vaxel.signaling.proto.SetHand;
import io.vaxel.signaling.proto.SetHold;
import io.vaxel.signaling.proto.SetLobby;
import io.vaxel.signaling.proto.SetMediaAccess;
import io.vaxel.signaling.proto.SetSpotlight;
import io.vaxel.signaling.proto.TrackEnded;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What participants of a group call do beside sending media. */
class CallFeaturesTest {
  private static final PublishedTrack MICROPHONE =
      FakeClient.track("0", TrackKind.TRACK_KIND_AUDIO, false);
  private static final PublishedTrack CAMERA =
      FakeClient.track("1", TrackKind.TRACK_KIND_VIDEO, false);
  private static final PublishedTrack SCREEN =
      FakeClient.track("2", TrackKind.TRACK_KIND_SCREEN_SHARE, false);

  private final CallRig rig = new CallRig();
  private FakeClient alice = new FakeClient("alice");
  private FakeClient bob = new FakeClient("bob");

  @BeforeEach
  void two() throws RequestRefusedException {
    alice = joined("alice");
    bob = joined("bob");
  }

  private FakeClient joined(String name) throws RequestRefusedException {
    return joined(name, Join.newBuilder().setGroupId(CallRig.GROUP));
  }

  private FakeClient joined(String name, Join.Builder join) throws RequestRefusedException {
    FakeClient client = new FakeClient(name);
    client.join(rig.calls, join.build());
    rig.run();
    return client;
  }

  private void ask(FakeClient client, ClientMessage.Builder request) {
    client.request(request);
    rig.run();
  }

  private void succeed(FakeClient client, ClientMessage.Builder request) {
    ask(client, request);
    assertTrue(client.reply().hasDone(), () -> client.reply().toString());
  }

  @Test
  void aHeldCallForwardsNothingEitherWayAndShowsIt() {
    alice.publish("offer", MICROPHONE);
    bob.publish("offer", MICROPHONE);
    rig.run();
    alice.subscribe(List.of(ids(alice, bob)), List.of());
    rig.run();
    succeed(alice, ClientMessage.newBuilder().setSetHold(SetHold.newBuilder().setOn(true)));
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_ON_HOLD, bob.seen(alice.participantId).getState());
    assertTrue(rig.media.call().publishers.getFirst().paused);
    assertFalse(rig.media.call().publishers.getLast().paused);
    assertTrue(rig.media.call().subscribers.getFirst().paused);

    succeed(alice, ClientMessage.newBuilder().setSetHold(SetHold.newBuilder()));
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_CONNECTED, bob.seen(alice.participantId).getState());
    assertFalse(rig.media.call().publishers.getFirst().paused);
    assertFalse(rig.media.call().subscribers.getFirst().paused);
  }

  private static String ids(FakeClient client, FakeClient other) {
    return client.tracksOf(other).keySet().iterator().next();
  }

  @Test
  void mutingOthersSilencesThemAndTellsThemWho() {
    bob.publish("offer", MICROPHONE);
    rig.run();
    succeed(alice, ClientMessage.newBuilder().setMuteOthers(MuteOthers.newBuilder()));
    String track = ids(alice, bob);
    assertEquals(Map.of(track, "TRACK_KIND_AUDIO TRACK_STATE_MUTED"), alice.tracksOf(bob));
    assertEquals(alice.participantId, bob.self().getMutedBy());
    assertEquals(Map.of(track, true), rig.media.call().publishers.getFirst().muted);
    bob.setState(track, TrackState.TRACK_STATE_ON);
    rig.run();
    assertTrue(bob.reply().hasDone(), "everybody may unmute themselves");
  }

  @Test
  void theLatestScreenShareIsTheOnlyOne() {
    alice.publish("offer", SCREEN);
    rig.run();
    bob.publish("offer", SCREEN);
    rig.run();
    TrackEnded ended = alice.told(ServerMessage.BodyCase.TRACK_ENDED).getFirst().getTrackEnded();
    assertEquals(TrackEnded.Reason.TAKEN_OVER, ended.getReason());
    assertTrue(bob.tracksOf(alice).isEmpty());
    assertEquals(1, alice.tracksOf(bob).size());
  }

  @Test
  void forbiddenMediaIsStoppedAndStaysSo() {
    bob.publish("offer", MICROPHONE, CAMERA);
    rig.run();
    succeed(
        alice,
        ClientMessage.newBuilder()
            .setSetMediaAccess(
                SetMediaAccess.newBuilder()
                    .addParticipantIds(bob.participantId)
                    .setAudioPermitted(false)
                    .setVideoPermitted(false)));
    assertEquals(1, alice.tracksOf(bob).size());
    assertTrue(alice.seen(bob.participantId).getAudioForbidden());
    assertFalse(bob.self().getCapabilitiesList().contains("unmuteMic"));
    assertFalse(bob.self().getCapabilitiesList().contains("turnVideoOn"));
    bob.setState(ids(alice, bob), TrackState.TRACK_STATE_ON);
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.MEDIA_FORBIDDEN));
    bob.publish("offer", MICROPHONE, CAMERA);
    rig.run();
    assertTrue(bob.refusedWith(SignalingError.MEDIA_FORBIDDEN));
    bob.publish("offer", MICROPHONE);
    rig.run();
    assertTrue(bob.reply().hasPublishAnswer());

    succeed(
        alice,
        ClientMessage.newBuilder()
            .setSetMediaAccess(SetMediaAccess.newBuilder().setAudioPermitted(true)));
    bob.setState(ids(alice, bob), TrackState.TRACK_STATE_ON);
    rig.run();
    assertTrue(bob.reply().hasDone());
  }

  @Test
  void handsKeepTheOrderInWhichTheyWentUp() {
    succeed(bob, ClientMessage.newBuilder().setSetHand(SetHand.newBuilder().setRaised(true)));
    succeed(alice, ClientMessage.newBuilder().setSetHand(SetHand.newBuilder().setRaised(true)));
    int first = alice.seen(bob.participantId).getRaisedHand();
    assertTrue(first > 0);
    assertTrue(bob.seen(alice.participantId).getRaisedHand() > first);
    succeed(alice, ClientMessage.newBuilder().setSetHand(SetHand.newBuilder().setEverybody(true)));
    assertEquals(0, alice.seen(bob.participantId).getRaisedHand());
    assertEquals(0, bob.self().getParticipant().getRaisedHand());
  }

  @Test
  void reactionsReachTheOthersAndAreLimited() {
    for (int i = 0; i < 5; i++) {
      succeed(alice, reaction(Reaction.REACTION_HEART));
    }
    ask(alice, reaction(Reaction.REACTION_HEART));
    assertTrue(alice.refusedWith(SignalingError.TOO_MANY_REACTIONS));
    assertEquals(5, bob.told(ServerMessage.BodyCase.REACTION_RECEIVED).size());
    rig.advance(Duration.ofSeconds(1));
    succeed(alice, reaction(Reaction.REACTION_LIKE));
    ask(bob, reaction(Reaction.REACTION_UNSPECIFIED));
    assertTrue(bob.refusedWith(SignalingError.INVALID_REACTION));
  }

  private static ClientMessage.Builder reaction(Reaction reaction) {
    return ClientMessage.newBuilder()
        .setSendReaction(SendReaction.newBuilder().setReaction(reaction));
  }

  @Test
  void theSpotlightIsSharedAndLosesWhoLeaves() {
    succeed(
        alice,
        ClientMessage.newBuilder()
            .setSetSpotlight(
                SetSpotlight.newBuilder().addParticipantIds(bob.participantId).setOn(true)));
    succeed(
        alice, ClientMessage.newBuilder().setSetSpotlight(SetSpotlight.newBuilder().setOn(true)));
    assertEquals(
        List.of(bob.participantId, alice.participantId),
        bob.told(ServerMessage.BodyCase.CALL_STATE).getLast().getCallState().getSpotlightList());
    bob.leave();
    rig.run();
    assertEquals(
        List.of(alice.participantId),
        alice.told(ServerMessage.BodyCase.CALL_STATE).getLast().getCallState().getSpotlightList());
  }

  @Test
  void textTonesAndDataReachTheOthersOnly() throws RequestRefusedException {
    FakeClient carol = joined("carol");
    succeed(
        alice,
        ClientMessage.newBuilder()
            .setSendRealTimeText(
                SendRealTimeText.newBuilder().setSequenceId(1).setText("hi").setFinalized(true)));
    succeed(alice, ClientMessage.newBuilder().setSendDtmf(SendDtmf.newBuilder().setTones("12#")));
    SendData.Builder data =
        SendData.newBuilder()
            .setChannelId(7)
            .addParticipantIds(bob.participantId)
            .setPayload(ByteString.copyFromUtf8("x"));
    succeed(alice, ClientMessage.newBuilder().setSendData(data));
    succeed(alice, ClientMessage.newBuilder().setSendData(data));

    assertEquals(
        "hi",
        carol
            .told(ServerMessage.BodyCase.REAL_TIME_TEXT_RECEIVED)
            .getFirst()
            .getRealTimeTextReceived()
            .getText());
    assertEquals(
        "12#",
        bob.told(ServerMessage.BodyCase.DTMF_RECEIVED).getFirst().getDtmfReceived().getTones());
    assertEquals(
        2,
        bob.told(ServerMessage.BodyCase.DATA_RECEIVED).getLast().getDataReceived().getSequence());
    assertTrue(carol.told(ServerMessage.BodyCase.DATA_RECEIVED).isEmpty());
    assertTrue(alice.told(ServerMessage.BodyCase.DTMF_RECEIVED).isEmpty());
  }

  @Test
  void wrongRequestsAreRefused() {
    ask(alice, ClientMessage.newBuilder().setSendDtmf(SendDtmf.newBuilder().setTones("1x")));
    assertTrue(alice.refusedWith(SignalingError.INVALID_DTMF));
    ask(alice, ClientMessage.newBuilder().setSendData(SendData.newBuilder()));
    assertTrue(alice.refusedWith(SignalingError.INVALID_DATA));
    ask(
        alice,
        ClientMessage.newBuilder()
            .setSendRealTimeText(SendRealTimeText.newBuilder().setText("x".repeat(2_001))));
    assertTrue(alice.refusedWith(SignalingError.INVALID_TEXT));
    ask(
        alice,
        ClientMessage.newBuilder()
            .setSetCaptions(SetCaptions.newBuilder().setSpokenLanguage("swedish chef")));
    assertTrue(alice.refusedWith(SignalingError.INVALID_LANGUAGE));
    ask(
        alice,
        ClientMessage.newBuilder()
            .setMuteOthers(MuteOthers.newBuilder().addParticipantIds("nobody")));
    assertTrue(alice.refusedWith(SignalingError.UNKNOWN_PARTICIPANT));
  }

  @Test
  void captionsAndRecordingAreShownToEverybodyAndToNewcomers() throws RequestRefusedException {
    succeed(
        alice,
        ClientMessage.newBuilder()
            .setSetCaptions(SetCaptions.newBuilder().setActive(true).setSpokenLanguage("sv-SE")));
    assertTrue(rig.calls.indicate(callId(), true, false));
    rig.run();
    var state = bob.told(ServerMessage.BodyCase.CALL_STATE).getLast().getCallState();
    assertEquals("sv-SE", state.getCaptions().getSpokenLanguage());
    assertTrue(state.getRecording());
    assertEquals(state, joined("carol").reply().getJoined().getCallState());
    assertFalse(rig.calls.indicate("nowhere", true, true));
  }

  private String callId() {
    return alice.told(ServerMessage.BodyCase.JOINED).getFirst().getJoined().getCallId();
  }

  @Test
  void theLobbyShowsWhoWaitsAndLetsInWhoIsAdmitted() throws RequestRefusedException {
    succeed(alice, ClientMessage.newBuilder().setSetLobby(SetLobby.newBuilder().setOn(true)));
    FakeClient carol = joined("carol");
    assertEquals(ParticipantState.PARTICIPANT_STATE_IN_LOBBY, carol.reply().getJoined().getState());
    assertEquals(0, carol.reply().getJoined().getParticipantsCount());
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_IN_LOBBY, bob.seen(carol.participantId).getState());
    ask(carol, ClientMessage.newBuilder().setSendDtmf(SendDtmf.newBuilder().setTones("1")));
    assertTrue(carol.refusedWith(SignalingError.IN_LOBBY));

    succeed(
        bob,
        ClientMessage.newBuilder()
            .setAnswerLobby(
                AnswerLobby.newBuilder().addParticipantIds(carol.participantId).setAdmit(true)));
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_CONNECTED, carol.self().getParticipant().getState());
    assertEquals(2, carol.roster.size());
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_CONNECTED, alice.seen(carol.participantId).getState());

    FakeClient dave = joined("dave");
    succeed(bob, ClientMessage.newBuilder().setAnswerLobby(AnswerLobby.newBuilder()));
    assertEquals(EndReason.TURNED_AWAY, dave.endReason());
    FakeClient erin = joined("erin");
    succeed(alice, ClientMessage.newBuilder().setSetLobby(SetLobby.newBuilder()));
    assertEquals(3, erin.roster.size());
  }

  @Test
  void aLobbyWithoutACallIsClosed() throws RequestRefusedException {
    succeed(alice, ClientMessage.newBuilder().setSetLobby(SetLobby.newBuilder().setOn(true)));
    FakeClient carol = joined("carol");
    alice.leave();
    bob.leave();
    rig.run();
    assertEquals(EndReason.HUNG_UP, carol.endReason());
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void lostSignallingAloneIsNobodysBusinessWhileMediaFlows() {
    bob.publish("offer", MICROPHONE);
    rig.run();
    rig.media.call().publishers.getFirst().listener.connected();
    int heard = alice.received.size();
    bob.seat().signalingLost();
    rig.advance(Duration.ofMinutes(10));
    assertEquals(heard, alice.received.size());

    rig.media.call().publishers.getFirst().listener.failed("consent expired");
    rig.run();
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_RECONNECTING, alice.seen(bob.participantId).getState());
    rig.advance(Duration.ofSeconds(119));
    bob.seat().signalingBack();
    rig.run();
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_CONNECTED, alice.seen(bob.participantId).getState());
    rig.advance(Duration.ofMinutes(10));
    assertFalse(bob.hasEnded());
  }
}
