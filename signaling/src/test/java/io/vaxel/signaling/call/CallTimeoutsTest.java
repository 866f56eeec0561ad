package io.vaxel.signaling.call;

import static io.vaxel.signaling.call.FakeClient.rawId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.proto.AddParticipant;
import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.ParticipantState;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TransferCall;
import io.vaxel.signaling.proto.TransferUpdate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Every documented timeout at its exact default: a millisecond before it nothing has happened, at
 * it the documented effect has.
 */
class CallTimeoutsTest {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final CallRig rig = new CallRig();
  private final FakeClient alice = new FakeClient("alice");

  private void justBefore(int seconds) {
    rig.advance(Duration.ofSeconds(seconds).minus(MILLISECOND));
  }

  private void now() {
    rig.advance(MILLISECOND);
  }

  @Test
  void aParticipantWithoutMediaAndSignallingIsRemovedAfter120Seconds()
      throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    pair.callee().seat().signalingLost();
    rig.run();
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_RECONNECTING,
        pair.caller().seen(pair.callee().participantId).getState());
    justBefore(120);
    assertFalse(pair.caller().hasEnded());
    now();
    assertEquals(EndReason.CONNECTION_LOST, pair.callee().endReason());
    assertEquals(EndReason.LEFT_ABRUPTLY, pair.caller().endReason());
    assertTrue(rig.isIdle());
  }

  @Test
  void videoThatDoesNotConnectIsTakenOffAfter40Seconds() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    pair.caller().publish("offer", FakeClient.track("1", TrackKind.TRACK_KIND_VIDEO, false));
    rig.run();
    justBefore(40);
    assertEquals(1, pair.callee().tracksOf(pair.caller()).size());
    now();
    assertEquals(0, pair.callee().tracksOf(pair.caller()).size());
    var failed = pair.caller().told(ServerMessage.BodyCase.MODALITY_FAILED);
    assertEquals(
        EndReason.MODALITY_TIMEOUT,
        FakeClient.reason(
            failed.getFirst().getModalityFailed().getCode(),
            failed.getFirst().getModalityFailed().getSubCode()));
    assertFalse(pair.caller().hasEnded());
  }

  @Test
  void videoThatConnectsInTimeStays() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    pair.caller().publish("offer", FakeClient.track("1", TrackKind.TRACK_KIND_VIDEO, false));
    rig.run();
    justBefore(40);
    rig.media.call().publishers.getFirst().listener.connected();
    rig.advance(Duration.ofSeconds(100));
    assertEquals(1, pair.callee().tracksOf(pair.caller()).size());
  }

  @Test
  void aTransferThatIsNotCompleteFailsAfter60Seconds() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice target = rig.device("carol");
    pair.caller()
        .request(
            ClientMessage.newBuilder()
                .setTransferCall(TransferCall.newBuilder().setTargetUser(rawId("carol"))));
    rig.run();
    String transferId = pair.caller().reply().getTransferStarted().getTransferId();
    FakeClient carrying = new FakeClient("bob");
    carrying.place(rig.calls, PlaceCall.newBuilder().setTransferId(transferId).build());
    rig.run();
    assertEquals("alice", target.calls.getFirst().getTransferor().getDisplayName());
    justBefore(60);
    assertEquals(
        TransferUpdate.State.TRANSFERRING,
        pair.caller()
            .told(ServerMessage.BodyCase.TRANSFER_UPDATE)
            .getLast()
            .getTransferUpdate()
            .getState());
    now();
    assertEquals(
        TransferUpdate.State.FAILED,
        pair.caller()
            .told(ServerMessage.BodyCase.TRANSFER_UPDATE)
            .getLast()
            .getTransferUpdate()
            .getState());
    assertEquals(EndReason.TRANSFER_TIMEOUT, carrying.endReason());
    assertEquals(EndReason.TRANSFER_TIMEOUT, target.why());
    assertFalse(pair.caller().hasEnded(), "the original call goes on");
    assertFalse(pair.callee().hasEnded(), "the original call goes on");
  }

  @Test
  void aOneToOneCallThatNobodyAnswersEndsAfter85Seconds() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    justBefore(85);
    assertFalse(alice.hasEnded());
    phone.call();
    now();
    assertEquals(EndReason.NO_ANSWER, alice.endReason());
    assertEquals(EndReason.NO_ANSWER, phone.why());
    assertTrue(rig.isIdle());
  }

  @Test
  void aGroupCallThatNobodyAnswersEndsAfter85Seconds() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    FakeDevice other = rig.device("carol");
    alice.place(rig.calls, rawId("bob"), rawId("carol"));
    rig.run();
    justBefore(85);
    assertFalse(alice.hasEnded());
    now();
    assertEquals(EndReason.NO_ANSWER, alice.endReason());
    assertEquals(EndReason.NO_ANSWER, phone.why());
    assertEquals(EndReason.NO_ANSWER, other.why());
  }

  @Test
  void somebodyCalledIntoAGroupCallIsWaitedForFor85Seconds() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    alice.join(rig.calls, Join.newBuilder().setGroupId(CallRig.GROUP).build());
    rig.run();
    add(alice, "bob");
    justBefore(85);
    assertEquals(1, alice.roster.size());
    now();
    assertEquals(0, alice.roster.size());
    assertEquals(EndReason.NO_ANSWER, phone.why());
    assertFalse(alice.hasEnded());
  }

  @Test
  void aTelephoneThatNobodyAnswersIsCancelledAfter115Seconds() throws RequestRefusedException {
    FakeDevice leg = rig.telephone("+4612345678");
    alice.place(rig.calls, rawId("+4612345678"));
    rig.run();
    justBefore(115);
    assertFalse(alice.hasEnded());
    now();
    assertEquals(EndReason.NO_ANSWER, alice.endReason());
    assertEquals(EndReason.NO_ANSWER, leg.why());
  }

  @Test
  void aPromotionThatNobodyAcceptsLeavesTheOneToOneCallAfter115Seconds()
      throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice phone = rig.device("carol");
    add(pair.caller(), "carol");
    assertEquals(2, pair.callee().roster.size());
    justBefore(115);
    phone.call();
    now();
    assertEquals(EndReason.NO_ANSWER, phone.why());
    assertEquals(1, pair.caller().roster.size());
    assertEquals(1, pair.callee().roster.size());
    assertFalse(pair.caller().hasEnded());
    assertFalse(
        pair.caller().told(ServerMessage.BodyCase.CALL_STATE).stream()
            .anyMatch(m -> m.getCallState().getKind() == CallKind.CALL_KIND_GROUP));
    assertTrue(rig.isIdle());
  }

  private void add(FakeClient client, String user) {
    client.request(
        ClientMessage.newBuilder()
            .setAddParticipant(AddParticipant.newBuilder().setTarget(rawId(user))));
    rig.run();
    assertTrue(client.reply().hasParticipantAdded());
  }
}
