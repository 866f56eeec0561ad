package io.vaxel.signaling.call;

import static io.vaxel.signaling.call.FakeClient.rawId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AddParticipant;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.CustomContext;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TransferCall;
import io.vaxel.signaling.proto.TransferOffer;
import io.vaxel.signaling.proto.TransferUpdate;
import org.junit.jupiter.api.Test;

class TransferTest {
  private final CallRig rig = new CallRig(new CallLimits(5, 5, 8, 100, java.time.Duration.ZERO));
  private final FakeClient carol = new FakeClient("carol");

  /** What the transferee carries the transfer out with: another connection of the same user. */
  private final FakeClient carrying = new FakeClient("bob");

  private TransferOffer transfer(CallRig.Pair pair, TransferCall.Builder request) {
    pair.caller().request(ClientMessage.newBuilder().setTransferCall(request));
    rig.run();
    assertTrue(pair.caller().reply().hasTransferStarted());
    return pair.callee().last().getTransferOffer();
  }

  private void carryOut(TransferOffer offer) throws RequestRefusedException {
    carrying.place(rig.calls, PlaceCall.newBuilder().setTransferId(offer.getTransferId()).build());
    rig.run();
  }

  private static TransferUpdate state(CallRig.Pair pair) {
    return pair.caller().told(ServerMessage.BodyCase.TRANSFER_UPDATE).getLast().getTransferUpdate();
  }

  @Test
  void theTargetsAnswerMovesTheCall() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice phone = rig.device("carol");
    TransferOffer offer =
        transfer(
            pair,
            TransferCall.newBuilder()
                .setTargetUser(rawId("carol"))
                .setCustomContext(CustomContext.newBuilder().setUserToUser("case 12")));
    assertEquals(rawId("carol"), offer.getTargetUser());
    assertEquals(rawId("alice"), offer.getTransferor().getUserId());
    carryOut(offer);
    assertEquals(rawId("bob"), phone.calls.getFirst().getCaller().getUserId());
    assertEquals(rawId("alice"), phone.calls.getFirst().getTransferor().getUserId());
    assertEquals("case 12", phone.calls.getFirst().getCustomContext().getUserToUser());
    assertEquals(TransferUpdate.State.TRANSFERRING, state(pair).getState());

    carol.accept(rig.calls, phone.call());
    rig.run();
    assertEquals(TransferUpdate.State.TRANSFERRED, state(pair).getState());
    assertEquals(EndReason.TRANSFERRED, pair.caller().endReason());
    assertEquals(EndReason.TRANSFERRED, pair.callee().endReason());
    assertFalse(carrying.hasEnded());
    assertFalse(carol.hasEnded());
    assertEquals(1, rig.calls.callCount());
    assertTrue(rig.isIdle());
  }

  @Test
  void aTargetWhoDeclinesLeavesTheCallAsItWas() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice phone = rig.device("carol");
    carryOut(transfer(pair, TransferCall.newBuilder().setTargetUser(rawId("carol"))));
    carol.reject(rig.calls, phone.call(), phone, RejectCall.Reason.DECLINED);
    rig.run();
    assertEquals(TransferUpdate.State.FAILED, state(pair).getState());
    assertEquals(EndReason.DECLINED.code(), state(pair).getCode());
    assertEquals(EndReason.DECLINED, carrying.endReason());
    assertFalse(pair.caller().hasEnded());
    assertFalse(pair.callee().hasEnded());
    assertTrue(rig.isIdle());
    rig.device("dave");
    transfer(pair, TransferCall.newBuilder().setTargetUser(rawId("dave")));
  }

  @Test
  void aCallToBothEndsBecomesOneCallOfTheOthers() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    CallRig.Pair second = rig.talking("alice", "carol");
    TransferOffer offer = transfer(pair, TransferCall.newBuilder().setTargetCall(second.callId()));
    carrying.join(rig.calls, Join.newBuilder().setTransferId(offer.getTransferId()).build());
    rig.run();
    assertTrue(carrying.reply().hasJoined());
    assertEquals(TransferUpdate.State.TRANSFERRED, state(pair).getState());
    assertEquals(EndReason.TRANSFERRED, pair.caller().endReason());
    assertEquals(EndReason.TRANSFERRED, second.caller().endReason());
    assertFalse(second.callee().hasEnded());
    assertEquals(1, second.callee().roster.size());
    assertTrue(second.callee().roster.containsKey(carrying.participantId));
    assertEquals(1, rig.calls.callCount());
  }

  @Test
  void aTargetCallThatDoesNotExistFailsTheTransferAtOnce() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    TransferOffer offer = transfer(pair, TransferCall.newBuilder().setTargetCall("nowhere"));
    assertThrows(
        RequestRefusedException.class,
        () ->
            carrying.join(
                rig.calls, Join.newBuilder().setTransferId(offer.getTransferId()).build()));
    rig.run();
    assertEquals(TransferUpdate.State.FAILED, state(pair).getState());
    assertFalse(pair.caller().hasEnded());
  }

  @Test
  void hangingUpWhileTransferringLetsTheNewCallGoOn() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice phone = rig.device("carol");
    carryOut(transfer(pair, TransferCall.newBuilder().setTargetUser(rawId("carol"))));
    pair.caller().leave();
    rig.run();
    carol.accept(rig.calls, phone.call());
    rig.run();
    assertFalse(carrying.hasEnded());
    assertFalse(carol.hasEnded());
    assertTrue(rig.isIdle());
  }

  @Test
  void onlyTheTransfereeCarriesItOutAndOnlyOnce() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    rig.device("carol");
    TransferOffer offer = transfer(pair, TransferCall.newBuilder().setTargetUser(rawId("carol")));
    PlaceCall place = PlaceCall.newBuilder().setTransferId(offer.getTransferId()).build();
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class, () -> new FakeClient("mallory").place(rig.calls, place));
    assertEquals(SignalingError.UNKNOWN_TRANSFER, refused.error());
    carryOut(offer);
    FakeClient again = new FakeClient("bob");
    again.place(rig.calls, place);
    rig.run();
    assertTrue(again.refusedWith(SignalingError.UNKNOWN_TRANSFER));
  }

  @Test
  void aSecondTransferWaitsForTheFirst() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    transfer(pair, TransferCall.newBuilder().setTargetUser(rawId("carol")));
    pair.caller()
        .request(
            ClientMessage.newBuilder()
                .setTransferCall(TransferCall.newBuilder().setTargetUser(rawId("dave"))));
    rig.run();
    assertTrue(pair.caller().refusedWith(SignalingError.TRANSFER_IN_PROGRESS));
  }

  @Test
  void aPromotionMeanwhileFailsTheTransfer() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice third = rig.device("dave");
    pair.caller()
        .request(
            ClientMessage.newBuilder()
                .setAddParticipant(AddParticipant.newBuilder().setTarget(rawId("dave"))));
    rig.run();
    FakeDevice phone = rig.device("carol");
    carryOut(transfer(pair, TransferCall.newBuilder().setTargetUser(rawId("carol"))));
    new FakeClient("dave").accept(rig.calls, third.call());
    rig.run();
    assertEquals(TransferUpdate.State.FAILED, state(pair).getState());
    assertEquals(EndReason.CANCELLED, phone.why());
    assertEquals(EndReason.CANCELLED, carrying.endReason());
    assertFalse(pair.caller().hasEnded());
    assertTrue(rig.isIdle());
  }

  @Test
  void groupCallsAreNotTransferred() throws RequestRefusedException {
    FakeClient alice = new FakeClient("alice");
    alice.join(rig.calls, Join.newBuilder().setGroupId(CallRig.GROUP).build());
    rig.run();
    alice.request(
        ClientMessage.newBuilder()
            .setTransferCall(TransferCall.newBuilder().setTargetUser(rawId("dave"))));
    rig.run();
    assertTrue(alice.refusedWith(SignalingError.NOT_PERMITTED));
  }
}
