package io.vaxel.signaling.call;

import static io.vaxel.signaling.call.FakeClient.rawId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AddParticipant;
import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.EndCall;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.proto.RemoveParticipant;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import org.junit.jupiter.api.Test;

/** People who are called into a call, and taken out of it. */
class PromotionTest {
  private final CallRig rig = new CallRig();
  private final FakeClient carol = new FakeClient("carol");

  private String add(FakeClient client, String user) {
    client.request(
        ClientMessage.newBuilder()
            .setAddParticipant(AddParticipant.newBuilder().setTarget(rawId(user))));
    rig.run();
    return client.reply().getParticipantAdded().getParticipantId();
  }

  private void remove(FakeClient client, String participantId) {
    client.request(
        ClientMessage.newBuilder()
            .setRemoveParticipant(RemoveParticipant.newBuilder().setParticipantId(participantId)));
    rig.run();
  }

  private CallRig.Pair promoted() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice phone = rig.device("carol");
    add(pair.caller(), "carol");
    carol.accept(rig.calls, phone.call());
    rig.run();
    return pair;
  }

  @Test
  void aThirdWhoAcceptsMakesItAGroupCallWithoutTouchingMedia() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    pair.caller().publish("offer", FakeClient.track("0", TrackKind.TRACK_KIND_AUDIO, false));
    rig.run();
    int publishers = rig.media.call().publishers.size();
    int received = pair.callee().told(ServerMessage.BodyCase.SUBSCRIBE_OFFER).size();
    FakeDevice phone = rig.device("carol");
    String added = add(pair.caller(), "carol");
    assertEquals(CallKind.CALL_KIND_ONE_TO_ONE, phone.calls.getFirst().getKind());
    carol.accept(rig.calls, phone.call());
    rig.run();

    assertEquals(added, carol.participantId);
    for (FakeClient client : new FakeClient[] {pair.caller(), pair.callee()}) {
      assertEquals(
          CallKind.CALL_KIND_GROUP,
          client.told(ServerMessage.BodyCase.CALL_STATE).getLast().getCallState().getKind());
      assertTrue(client.self().getCapabilitiesList().contains("removeParticipant"));
      assertEquals(2, client.roster.size());
    }
    assertEquals(publishers, rig.media.call().publishers.size());
    assertEquals(received, pair.callee().told(ServerMessage.BodyCase.SUBSCRIBE_OFFER).size());
  }

  @Test
  void aGroupCallGoesOnWhenItsThirdLeaves() throws RequestRefusedException {
    CallRig.Pair pair = promoted();
    carol.leave();
    rig.run();
    assertFalse(pair.caller().hasEnded());
    pair.callee().leave();
    rig.run();
    assertFalse(pair.caller().hasEnded());
  }

  @Test
  void aThirdWhoDeclinesLeavesTheOneToOneCall() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice phone = rig.device("carol");
    String added = add(pair.caller(), "carol");
    carol.reject(rig.calls, phone.call(), phone, RejectCall.Reason.DECLINED);
    rig.run();
    var gone = pair.caller().last().getRosterDelta().getDepartures(0);
    assertEquals(added, gone.getParticipantId());
    assertEquals(EndReason.DECLINED, FakeClient.reason(gone.getCode(), gone.getSubCode()));
    assertFalse(pair.caller().hasEnded());
    pair.callee().leave();
    rig.run();
    assertEquals(EndReason.HUNG_UP, pair.caller().endReason());
  }

  @Test
  void hangingUpEndsAOneToOneCallAlsoWhileAThirdIsCalled() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice phone = rig.device("carol");
    add(pair.caller(), "carol");
    pair.callee().leave();
    rig.run();
    assertEquals(EndReason.HUNG_UP, pair.caller().endReason());
    assertEquals(EndReason.HUNG_UP, phone.why());
    assertTrue(rig.isIdle());
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void nobodyIsCalledTwice() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    rig.device("carol");
    add(pair.caller(), "carol");
    add(pair.caller(), "carol");
    assertTrue(pair.caller().refusedWith(SignalingError.ALREADY_THERE));
    add(pair.caller(), "bob");
    assertTrue(pair.caller().refusedWith(SignalingError.ALREADY_THERE));
  }

  @Test
  void whoIsRemovedIsToldAndTheOthersToo() throws RequestRefusedException {
    CallRig.Pair pair = promoted();
    remove(pair.caller(), carol.participantId);
    assertTrue(pair.caller().reply().hasDone());
    assertEquals(EndReason.REMOVED, carol.endReason());
    assertEquals(1, pair.callee().roster.size());
    assertFalse(pair.callee().hasEnded());
  }

  @Test
  void removingSomebodyWhoIsCalledStopsTheRinging() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    FakeDevice phone = rig.device("carol");
    String added = add(pair.caller(), "carol");
    remove(pair.caller(), added);
    assertEquals(EndReason.CANCELLED, phone.why());
    assertEquals(1, pair.callee().roster.size());
    assertTrue(rig.isIdle());
  }

  @Test
  void nobodyIsRemovedFromAOneToOneCall() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    remove(pair.caller(), pair.callee().participantId);
    assertTrue(pair.caller().refusedWith(SignalingError.NOT_PERMITTED));
    assertFalse(pair.callee().hasEnded());
  }

  @Test
  void endingForEverybodyTellsEverybody() throws RequestRefusedException {
    CallRig.Pair pair = promoted();
    FakeDevice phone = rig.device("dave");
    add(pair.caller(), "dave");
    pair.caller().request(ClientMessage.newBuilder().setEndCall(EndCall.getDefaultInstance()));
    rig.run();
    assertTrue(pair.caller().reply().hasLeft());
    assertFalse(pair.caller().hasEnded());
    assertEquals(EndReason.ENDED_FOR_EVERYONE, pair.callee().endReason());
    assertEquals(EndReason.ENDED_FOR_EVERYONE, carol.endReason());
    assertEquals(EndReason.ENDED_FOR_EVERYONE, phone.why());
    assertEquals(0, rig.calls.callCount());
    assertEquals(0, rig.media.openCount());
    assertTrue(rig.isIdle());
  }
}
