package io.vaxel.server.call;

import static io.vaxel.server.call.AgentRig.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.client.Call;
import io.vaxel.client.CallAgent;
import io.vaxel.client.CallOptions;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.Reaction;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TransferUpdate;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Java client does with the people of a call, and for them. */
final class JavaClientPeopleTest {
  private final AgentRig rig;
  private final CallDiary ofAstrid = new CallDiary();
  private final CallDiary ofBirger = new CallDiary();

  JavaClientPeopleTest(@TempDir Path data) throws Exception {
    rig = new AgentRig(data);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static List<String> others(Call call) {
    return call.participants().stream().map(Participant::getDisplayName).sorted().toList();
  }

  private static String idOf(Call call, String name) {
    return call.participants().stream()
        .filter(participant -> participant.getDisplayName().equals(name))
        .findFirst()
        .orElseThrow()
        .getParticipantId();
  }

  /** Astrid's side of a call that Birger has answered. */
  private Call callOf(CallAgent astrid, CallAgent birger) throws Exception {
    Call placed =
        get(astrid.startCall(List.of(birger.userId()), CallOptions.RECEIVE_ALL, ofAstrid));
    get(rig.nextRing().accept(CallOptions.RECEIVE_ALL, ofBirger));
    Until.holds(() -> placed.state() == Call.State.CONNECTED, () -> "is " + placed.state());
    return placed;
  }

  @Test
  void somebodyIsAddedAndTakenOutAgain() throws Exception {
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger");
        CallAgent cecilia = rig.agent("Cecilia")) {
      Call call = callOf(astrid, birger);
      String added = get(call.addParticipant(cecilia.userId(), CallOptions.RECEIVE_ALL));
      CallDiary ofCecilia = new CallDiary();
      get(rig.nextRing().accept(CallOptions.RECEIVE_ALL, ofCecilia));
      Until.holds(
          () -> others(call).equals(List.of("Birger", "Cecilia")), () -> "sees " + others(call));
      assertEquals(added, idOf(call, "Cecilia"));
      get(call.muteOthers(List.of()));
      get(call.removeParticipant(added));
      Until.holds(() -> !ofCecilia.ended.isEmpty(), () -> "is not told");
      assertEquals(5300, ofCecilia.ended.element().subCode());
      Until.holds(() -> others(call).equals(List.of("Birger")), () -> "sees " + others(call));
    }
  }

  @Test
  void theOtherOneIsTransferredAndGoes() throws Exception {
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger");
        CallAgent cecilia = rig.agent("Cecilia")) {
      Call call = callOf(astrid, birger);
      get(call.transferToParticipant(cecilia.userId(), CallOptions.RECEIVE_ALL));
      Until.holds(() -> !ofBirger.offers.isEmpty(), () -> "nothing is offered");
      CallDiary moved = new CallDiary();
      Call second =
          get(birger.acceptTransfer(ofBirger.offers.element(), CallOptions.RECEIVE_ALL, moved));
      get(rig.nextRing().accept(CallOptions.RECEIVE_ALL, new CallDiary()));
      Until.holds(() -> second.state() == Call.State.CONNECTED, () -> "is " + second.state());
      Until.holds(
          () -> !ofAstrid.ended.isEmpty() && !ofBirger.ended.isEmpty(), () -> "call goes on");
      assertTrue(ofAstrid.transfers.contains(TransferUpdate.State.TRANSFERRED));
      assertEquals(7015, ofAstrid.ended.element().subCode());
      assertEquals(List.of("Cecilia"), others(second));
      assertEquals(List.of(second), birger.calls());
    }
  }

  @Test
  void whoWaitsInTheLobbyIsAdmitted() throws Exception {
    String group = UUID.randomUUID().toString();
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger")) {
      Call inside = get(astrid.join(group, CallOptions.RECEIVE_ALL.withLobby(), ofAstrid));
      Call outside = get(birger.join(group, CallOptions.RECEIVE_ALL, ofBirger));
      assertEquals(Call.State.IN_LOBBY, outside.state());
      Until.holds(() -> others(inside).equals(List.of("Birger")), () -> "nobody waits");
      get(inside.features().admit(List.of()));
      Until.holds(() -> outside.state() == Call.State.CONNECTED, () -> "is " + outside.state());
      Until.holds(() -> others(outside).equals(List.of("Astrid")), () -> "sees nobody");
    }
  }

  @Test
  void featuresReachTheOthers() throws Exception {
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger")) {
      String group = UUID.randomUUID().toString();
      Call call = get(astrid.join(group, CallOptions.RECEIVE_ALL, ofAstrid));
      get(birger.join(group, CallOptions.RECEIVE_ALL, ofBirger));
      get(call.features().sendDtmf("12#"));
      get(call.features().raiseHand());
      get(call.features().sendReaction(Reaction.REACTION_HEART));
      get(call.features().startSpotlight(List.of()));
      get(call.features().setCaptions(true, "sv-SE"));
      get(call.features().permitVideo(List.of(), false));
      isTold(ServerMessage::hasDtmfReceived);
      isTold(ServerMessage::hasReactionReceived);
      isTold(message -> message.getCallState().getSpotlightCount() == 1);
      isTold(message -> message.getCallState().getCaptions().getSpokenLanguage().equals("sv-SE"));
      isTold(message -> message.getSelfChanged().getParticipant().getVideoForbidden());
      isTold(
          message ->
              message.getRosterDelta().getJoinedList().stream()
                  .anyMatch(participant -> participant.getRaisedHand() > 0));
    }
  }

  private void isTold(Predicate<ServerMessage> what) throws Exception {
    Until.holds(
        () -> ofBirger.messages.stream().anyMatch(what), () -> "was told " + ofBirger.messages);
  }
}
