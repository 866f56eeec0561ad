package io.vaxel.server.call;

import static io.vaxel.server.call.AgentRig.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.client.Call;
import io.vaxel.client.CallAgent;
import io.vaxel.client.CallException;
import io.vaxel.client.CallOptions;
import io.vaxel.client.IncomingCall;
import io.vaxel.client.OutgoingTrack;
import io.vaxel.client.example.EchoBot;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.TrackKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Placing and answering with the Java client, and the bot of its documentation. */
final class JavaClientTest {
  private final AgentRig rig;

  JavaClientTest(@TempDir Path data) throws Exception {
    rig = new AgentRig(data);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aCallIsPlacedRingsIsAnsweredHeldAndHungUp() throws Exception {
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger")) {
      CallDiary caller = new CallDiary();
      CallDiary callee = new CallDiary();
      Call placed =
          get(astrid.startCall(List.of(birger.userId()), CallOptions.RECEIVE_ALL, caller));
      IncomingCall incoming = rig.nextRing();
      assertEquals(placed.id(), incoming.id());
      assertEquals(astrid.userId(), incoming.caller().getUserId());
      Until.holds(() -> placed.state() == Call.State.RINGING, () -> "is " + placed.state());
      Call answered = get(incoming.accept(CallOptions.RECEIVE_ALL, callee));
      assertEquals(Call.State.CONNECTED, answered.state());
      Until.holds(() -> placed.state() == Call.State.CONNECTED, () -> "is " + placed.state());
      assertEquals(
          List.of("Birger"),
          placed.participants().stream().map(Participant::getDisplayName).toList());
      get(answered.hold());
      assertEquals(Call.State.LOCAL_HOLD, answered.state());
      Until.holds(() -> placed.state() == Call.State.REMOTE_HOLD, () -> "is " + placed.state());
      get(answered.resume());
      Until.holds(() -> placed.state() == Call.State.CONNECTED, () -> "is " + placed.state());
      get(placed.hangUp());
      Until.holds(() -> !callee.ended.isEmpty(), () -> "the other one is not told");
      assertEquals(0, callee.ended.element().code());
      assertEquals(1, caller.ended.size());
      assertEquals(List.of(), birger.calls());
    }
  }

  @Test
  void aDeclinedCallEndsWithItsReason() throws Exception {
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger")) {
      CallDiary caller = new CallDiary();
      get(astrid.startCall(List.of(birger.userId()), CallOptions.RECEIVE_ALL, caller));
      get(rig.nextRing().reject());
      Until.holds(() -> !caller.ended.isEmpty(), () -> "the caller is not told");
      assertEquals(603, caller.ended.element().code());
      get(astrid.startCall(List.of(birger.userId()), CallOptions.RECEIVE_ALL, caller));
      get(rig.nextRing().rejectBusy());
      Until.holds(() -> caller.ended.size() == 2, () -> "the caller is not told");
      assertTrue(caller.ended.stream().anyMatch(reason -> reason.code() == 486));
    }
  }

  @Test
  void aSecondCallGetsAConnectionOfItsOwn() throws Exception {
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger");
        CallAgent cecilia = rig.agent("Cecilia")) {
      get(astrid.startCall(List.of(birger.userId()), CallOptions.RECEIVE_ALL, new CallDiary()));
      Call first = get(rig.nextRing().accept(CallOptions.RECEIVE_ALL, new CallDiary()));
      get(cecilia.startCall(List.of(birger.userId()), CallOptions.RECEIVE_ALL, new CallDiary()));
      Call second = get(rig.nextRing().accept(CallOptions.RECEIVE_ALL, new CallDiary()));
      assertEquals(List.of(first, second), birger.calls());
      get(second.hangUp());
      assertEquals(List.of(first), birger.calls());
      assertEquals(Call.State.CONNECTED, first.state());
    }
  }

  @Test
  void whatTheServerRefusesFailsWithItsCodes() throws Exception {
    try (CallAgent astrid = rig.agent("Astrid")) {
      ExecutionException refused =
          assertThrows(
              ExecutionException.class,
              () ->
                  get(
                      astrid.startCall(
                          List.of("nobody"), CallOptions.RECEIVE_ALL, new CallDiary())));
      assertEquals(400, assertInstanceOf(CallException.class, refused.getCause()).code());
      assertEquals(List.of(), astrid.calls());
    }
  }

  @Test
  void mediaMovesToNewPortsWithoutALostPacket() throws Exception {
    try (CallAgent bot = rig.agent("Echo", new EchoBot());
        CallAgent astrid = rig.agent("Astrid")) {
      CallDiary told = new CallDiary();
      Call call = get(astrid.startCall(List.of(bot.userId()), CallOptions.RECEIVE_ALL, told));
      OutgoingTrack voice = get(call.publish(List.of(TrackKind.TRACK_KIND_AUDIO))).getFirst();
      int[] sent = {0};
      speakUntil(voice, sent, () -> told.sounds.size() > 20);
      get(call.restartIce());
      int first = sent[0];
      speakUntil(voice, sent, () -> sent[0] > first + 200);
      String last = "sound " + (sent[0] - 1);
      Until.holds(() -> told.sounds.contains(last), () -> "the last sound does not come back");
      for (int number = first; number < sent[0]; number++) {
        assertTrue(told.sounds.contains("sound " + number), "sound " + number + " is lost");
      }
    }
  }

  private void speakUntil(OutgoingTrack voice, int[] sent, Callable<Boolean> condition)
      throws Exception {
    Until.holds(
        () -> {
          byte[] payload = ("sound " + sent[0]).getBytes(StandardCharsets.US_ASCII);
          int timestamp = 960 * sent[0]++;
          rig.server()
              .media()
              .loop()
              .execute(
                  () ->
                      voice.send(
                          true,
                          timestamp,
                          (bytes, offset) -> {
                            bytes.put(offset, payload);
                            return payload.length;
                          }));
          return condition.call();
        },
        () -> "nothing comes back");
  }

  @Test
  void theEchoBotSendsBackSoundTextAndData() throws Exception {
    try (CallAgent bot = rig.agent("Echo", new EchoBot());
        CallAgent astrid = rig.agent("Astrid")) {
      CallDiary told = new CallDiary();
      Call call = get(astrid.startCall(List.of(bot.userId()), CallOptions.RECEIVE_ALL, told));
      Until.holds(() -> told.texts.contains(EchoBot.GREETING), () -> "says nothing");
      OutgoingTrack voice = get(call.publish(List.of(TrackKind.TRACK_KIND_AUDIO))).getFirst();
      speakUntil(voice, new int[] {0}, () -> told.sounds.size() > 10);
      get(call.features().sendRealTimeText(1, "hej", true));
      get(call.features().sendData(7, List.of(), "pong".getBytes(StandardCharsets.UTF_8)));
      Until.holds(
          () -> told.texts.contains("hej") && told.data.contains("pong"),
          () -> "came back: " + told.texts + told.data);
      get(call.hangUp());
    }
  }
}
