package io.vaxel.signaling.call;

import static io.vaxel.signaling.call.FakeClient.rawId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.CustomContext;
import io.vaxel.signaling.proto.ParticipantState;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.proto.ServerMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls by identity: who rings, who wins, what everybody is told in the end. */
class PlacedCallTest {
  private final CallRig rig = new CallRig();
  private final FakeClient alice = new FakeClient("alice");
  private final FakeClient bob = new FakeClient("bob");

  @AfterEach
  void nothingIsLeft() {
    for (FakeClient client : new FakeClient[] {alice, bob}) {
      if (client.seat != null) {
        client.lost();
      }
    }
    rig.run();
    assertEquals(0, rig.calls.callCount());
    assertEquals(0, rig.media.openCount());
    assertTrue(rig.isIdle(), "a timer is left");
  }

  @Test
  void ringsWithTheCallerItsHeadersAndTheKindOfTheCall() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    CustomContext headers =
        CustomContext.newBuilder()
            .addVoipHeaders(CustomContext.Header.newBuilder().setKey("order").setValue("17"))
            .build();
    alice.place(
        rig.calls,
        PlaceCall.newBuilder().addTargets(rawId("bob")).setCustomContext(headers).build());
    rig.run();

    assertEquals(rawId("alice"), phone.calls.getFirst().getCaller().getUserId());
    assertEquals("alice", phone.calls.getFirst().getCaller().getDisplayName());
    assertEquals(headers, phone.calls.getFirst().getCustomContext());
    assertEquals(CallKind.CALL_KIND_ONE_TO_ONE, phone.calls.getFirst().getKind());
    var callee = alice.reply().getJoined().getParticipants(0);
    assertEquals(rawId("bob"), callee.getUserId());
    assertEquals(ParticipantState.PARTICIPANT_STATE_CONNECTING, callee.getState());

    bob.shown(rig.calls, phone.call());
    rig.run();
    assertEquals(
        ParticipantState.PARTICIPANT_STATE_RINGING,
        alice.seen(callee.getParticipantId()).getState());
  }

  @Test
  void theCalleeKeepsTheParticipantIdUnderWhichItWasCalled() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    String called = alice.reply().getJoined().getParticipants(0).getParticipantId();
    bob.accept(rig.calls, phone.call());
    rig.run();
    assertEquals(called, bob.participantId);
    assertEquals(ParticipantState.PARTICIPANT_STATE_CONNECTED, alice.seen(called).getState());
    assertTrue(bob.roster.containsKey(alice.participantId));
  }

  @Test
  void theFirstDeviceToAcceptWinsAndTheOthersAreToldWhy() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    FakeDevice laptop = rig.device("bob");
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    String call = phone.call();
    assertEquals(call, laptop.call());
    bob.accept(rig.calls, call);
    FakeClient late = new FakeClient("bob");
    late.accept(rig.calls, call);
    rig.run();
    assertEquals(EndReason.ANSWERED_ELSEWHERE, phone.why());
    assertEquals(EndReason.ANSWERED_ELSEWHERE, laptop.why());
    assertTrue(bob.reply().hasJoined());
    assertTrue(late.refusedWith(SignalingError.ANSWERED_ELSEWHERE));
    assertNull(late.seat);
  }

  @Test
  void decliningOnOneDeviceStopsAllAndEndsTheCall() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    FakeDevice laptop = rig.device("bob");
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    bob.reject(rig.calls, phone.call(), phone, RejectCall.Reason.DECLINED);
    rig.run();
    assertTrue(bob.reply().hasDone());
    assertEquals(EndReason.DECLINED_ELSEWHERE, laptop.why());
    assertEquals(EndReason.DECLINED, alice.endReason());
  }

  @Test
  void aBusyDeviceLeavesTheOthersRinging() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    FakeDevice laptop = rig.device("bob");
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    bob.reject(rig.calls, phone.call(), phone, RejectCall.Reason.BUSY);
    rig.run();
    assertFalse(alice.hasEnded());
    bob.reject(rig.calls, laptop.call(), laptop, RejectCall.Reason.BUSY);
    rig.run();
    assertEquals(EndReason.BUSY, alice.endReason());
  }

  @Test
  void cancellingStopsTheRinging() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    String call = phone.call();
    alice.leave();
    rig.run();
    assertTrue(alice.reply().hasLeft());
    assertEquals(EndReason.CANCELLED, phone.why());
    assertThrows(RequestRefusedException.class, () -> bob.accept(rig.calls, call));
  }

  @Test
  void whoIsSignedInNowhereIsNotReachable() throws RequestRefusedException {
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    assertTrue(alice.reply().hasJoined());
    assertEquals(EndReason.NOT_REACHABLE, alice.endReason());
  }

  @Test
  void whoSignedOutIsNotReachable() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    rig.devices.remove(rawId("bob"), phone);
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    assertEquals(EndReason.NOT_REACHABLE, alice.endReason());
  }

  @Test
  void hangingUpEndsAOneToOneCallForBoth() throws RequestRefusedException {
    CallRig.Pair pair = rig.talking("alice", "bob");
    pair.callee().leave();
    rig.run();
    assertEquals(EndReason.HUNG_UP, pair.caller().endReason());
    assertFalse(pair.callee().hasEnded());
  }

  @Test
  void aCallToSeveralIsAGroupCallThatBeginsWithTheFirstToAccept() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    FakeDevice other = rig.device("carol");
    alice.place(rig.calls, rawId("bob"), rawId("carol"));
    rig.run();
    assertEquals(CallKind.CALL_KIND_GROUP, alice.reply().getJoined().getCallState().getKind());
    bob.accept(rig.calls, phone.call());
    rig.run();
    new FakeClient("carol").reject(rig.calls, other.call(), other, RejectCall.Reason.DECLINED);
    rig.run();
    assertFalse(alice.hasEnded());
    bob.leave();
    rig.run();
    assertFalse(alice.hasEnded(), "a group call goes on with one");
  }

  @Test
  void aGroupThatAllDeclineEnds() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    FakeDevice other = rig.device("carol");
    alice.place(rig.calls, rawId("bob"), rawId("carol"));
    rig.run();
    bob.reject(rig.calls, phone.call(), phone, RejectCall.Reason.DECLINED);
    new FakeClient("carol").reject(rig.calls, other.call(), other, RejectCall.Reason.DECLINED);
    rig.run();
    assertEquals(EndReason.ALL_DECLINED, alice.endReason());
    assertEquals(2, alice.told(ServerMessage.BodyCase.ROSTER_DELTA).size());
  }

  @Test
  void telephonesRingThroughTheNetworkOrNotAtAll() throws RequestRefusedException {
    FakeDevice leg = rig.telephone("+4612345678");
    alice.place(rig.calls, rawId("+4612345678"));
    rig.run();
    new FakeClient("+4612345678").accept(rig.calls, leg.call());
    rig.run();
    assertFalse(alice.hasEnded());

    bob.place(rig.calls, rawId("+4699999999"));
    rig.run();
    assertEquals(EndReason.PSTN_UNAVAILABLE, bob.endReason());
    alice.leave();
    rig.run();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bob",
        "8:acs:other_bob",
        "8:acs:acme_alice",
        "4:12345",
        "4:+",
        "4:+1234567890123456",
        "8:orgid:bob"
      })
  void refusesTargetsThatCannotBe(String target) {
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> alice.place(rig.calls, target));
    assertEquals(SignalingError.INVALID_TARGET, refused.error());
  }

  @Test
  void refusesHeadersBeyondTheDocumentedLimits() {
    CustomContext.Builder sip = CustomContext.newBuilder();
    for (int i = 0; i < 6; i++) {
      sip.addSipHeaders(CustomContext.Header.newBuilder().setKey("k" + i));
    }
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class,
            () ->
                alice.place(
                    rig.calls,
                    PlaceCall.newBuilder().addTargets(rawId("bob")).setCustomContext(sip).build()));
    assertEquals(SignalingError.INVALID_CUSTOM_CONTEXT, refused.error());
  }

  @Test
  void nobodyAnswersForSomebodyElse() throws RequestRefusedException {
    FakeDevice phone = rig.device("bob");
    alice.place(rig.calls, rawId("bob"));
    rig.run();
    FakeClient mallory = new FakeClient("mallory");
    mallory.accept(rig.calls, phone.call());
    rig.run();
    assertTrue(mallory.refusedWith(SignalingError.UNKNOWN_CALL));
    mallory.reject(rig.calls, phone.call(), phone, RejectCall.Reason.DECLINED);
    rig.run();
    assertTrue(mallory.refusedWith(SignalingError.UNKNOWN_CALL));
    assertFalse(alice.hasEnded());
  }
}
