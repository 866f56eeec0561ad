package io.vaxel.server.call;

import static io.vaxel.server.call.AgentRig.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.client.Call;
import io.vaxel.client.CallAgent;
import io.vaxel.client.CallEndReason;
import io.vaxel.client.CallOptions;
import io.vaxel.media.dtls.DtlsIdentity;
import io.vaxel.media.sdp.ClientNegotiation;
import io.vaxel.media.sdp.LocalTransport;
import io.vaxel.media.sdp.MediaKind;
import io.vaxel.media.sdp.Msid;
import io.vaxel.media.sdp.ServerCodecs;
import io.vaxel.media.sdp.TrackOffer;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.call.Device;
import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.IncomingCallEnded;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.ParticipantState;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TransferUpdate;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every timeout of calls once over real sockets, shortened by the settings: only the one that is
 * tested is short, so nothing else can have had its effect. Their exact defaults are held on
 * virtual time by CallTimeoutsTest.
 */
final class ShortenedTimeoutsTest {
  private static final String NUMBER = "+4612345678";

  private final Path data;
  private final CallDiary ofAstrid = new CallDiary();
  private final CallDiary ofBirger = new CallDiary();
  private final Queue<IncomingCallEnded> cancelled = new ConcurrentLinkedQueue<>();
  private AgentRig rig;

  ShortenedTimeoutsTest(@TempDir Path data) throws Exception {
    this.data = data;
    this.rig = new AgentRig(data);
  }

  /** A server on which all but one timeout are too long to end while a test runs. */
  private void shorten(String timeout) throws Exception {
    rig.close();
    Map<String, Object> settings = new HashMap<>();
    for (String name :
        List.of(
            "reconnect",
            "modality",
            "transfer",
            "call-setup",
            "group-call-setup",
            "pstn-call-setup",
            "promotion")) {
      settings.put("calls.timeouts." + name, name.equals(timeout) ? "700ms" : "10m");
    }
    rig = new AgentRig(data, settings, (_, number, _) -> number.equals(NUMBER) ? leg() : null);
  }

  /** A telephone that rings for ever. */
  private Device leg() {
    return new Device() {
      @Override
      public void incomingCall(IncomingCall call) {}

      @Override
      public void incomingCallEnded(IncomingCallEnded end) {
        cancelled.add(end);
      }
    };
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Call callOf(CallAgent astrid, CallAgent birger) throws Exception {
    Call placed =
        get(astrid.startCall(List.of(birger.userId()), CallOptions.RECEIVE_ALL, ofAstrid));
    get(rig.nextRing().accept(CallOptions.RECEIVE_ALL, ofBirger));
    Until.holds(() -> placed.state() == Call.State.CONNECTED, () -> "is " + placed.state());
    return placed;
  }

  private static void assertEnded(EndReason expected, CallDiary diary) throws Exception {
    Until.holds(() -> !diary.ended.isEmpty(), () -> "the call goes on");
    CallEndReason reason = diary.ended.element();
    assertEquals(expected.code(), reason.code());
    assertEquals(expected.subCode(), reason.subCode());
  }

  @Test
  void aParticipantWhoVanishedIsRemoved() throws Exception {
    shorten("reconnect");
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger")) {
      callOf(astrid, birger);
      birger.vanish();
      assertEnded(EndReason.LEFT_ABRUPTLY, ofAstrid);
      assertTrue(
          ofAstrid.messages.stream()
              .flatMap(message -> message.getRosterDelta().getJoinedList().stream())
              .map(Participant::getState)
              .anyMatch(ParticipantState.PARTICIPANT_STATE_RECONNECTING::equals));
    }
  }

  @Test
  void videoThatNeverConnectsIsTakenOff() throws Exception {
    shorten("modality");
    try (RawCaller caller = rig.server().connect()) {
      assertTrue(caller.hello(rig.server().newToken()).hasWelcome());
      assertTrue(caller.join(UUID.randomUUID().toString()).hasJoined());
      ServerMessage answer = caller.ask(message -> message.setPublish(camera()));
      String track = answer.getPublishAnswer().getTrackIdsOrThrow("0");
      ServerMessage failed = caller.await(ServerMessage::hasModalityFailed);
      assertEquals(List.of(track), failed.getModalityFailed().getTrackIdsList());
      assertEquals(EndReason.MODALITY_TIMEOUT.subCode(), failed.getModalityFailed().getSubCode());
    }
  }

  /** An offer of a camera by somebody who then does nothing. */
  private static Publish camera() {
    TrackOffer track =
        new TrackOffer(
            "0",
            MediaKind.VIDEO,
            ServerCodecs.all(MediaKind.VIDEO),
            new TrackOffer.Source(77, -1, "nobody", new Msid("stream", "track")));
    return Publish.newBuilder()
        .setSdp(
            ClientNegotiation.publishOffer(
                    "1",
                    1,
                    List.of(track),
                    LocalTransport.client(
                        IceCredentials.random(new SecureRandom()),
                        DtlsIdentity.generate().fingerprint()))
                .write())
        .addTracks(PublishedTrack.newBuilder().setMid("0").setKind(TrackKind.TRACK_KIND_VIDEO))
        .build();
  }

  @Test
  void aTransferThatNobodyCarriesOutFails() throws Exception {
    shorten("transfer");
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger");
        CallAgent cecilia = rig.agent("Cecilia")) {
      Call call = callOf(astrid, birger);
      get(call.transferToParticipant(cecilia.userId(), CallOptions.RECEIVE_ALL));
      Until.holds(
          () -> ofAstrid.transfers.contains(TransferUpdate.State.FAILED),
          () -> "states " + ofAstrid.transfers);
      assertEquals(Call.State.CONNECTED, call.state());
    }
  }

  @Test
  void aCallThatNobodyAnswersEnds() throws Exception {
    shorten("call-setup");
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger")) {
      get(astrid.startCall(List.of(birger.userId()), CallOptions.RECEIVE_ALL, ofAstrid));
      rig.nextRing();
      assertEnded(EndReason.NO_ANSWER, ofAstrid);
    }
  }

  @Test
  void aGroupCallThatNobodyAnswersEnds() throws Exception {
    shorten("group-call-setup");
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger");
        CallAgent cecilia = rig.agent("Cecilia")) {
      get(
          astrid.startCall(
              List.of(birger.userId(), cecilia.userId()), CallOptions.RECEIVE_ALL, ofAstrid));
      assertEnded(EndReason.NO_ANSWER, ofAstrid);
    }
  }

  @Test
  void aTelephoneThatNobodyAnswersIsCancelled() throws Exception {
    shorten("pstn-call-setup");
    try (CallAgent astrid = rig.agent("Astrid")) {
      get(astrid.startCall(List.of("4:" + NUMBER), CallOptions.RECEIVE_ALL, ofAstrid));
      assertEnded(EndReason.NO_ANSWER, ofAstrid);
      Until.holds(() -> !cancelled.isEmpty(), () -> "the carrier rings on");
    }
  }

  @Test
  void aThirdWhoDoesNotAnswerLeavesTheOneToOneCall() throws Exception {
    shorten("promotion");
    try (CallAgent astrid = rig.agent("Astrid");
        CallAgent birger = rig.agent("Birger");
        CallAgent cecilia = rig.agent("Cecilia")) {
      Call call = callOf(astrid, birger);
      String added = get(call.addParticipant(cecilia.userId(), CallOptions.RECEIVE_ALL));
      Until.holds(
          () ->
              ofAstrid.messages.stream()
                  .flatMap(message -> message.getRosterDelta().getDeparturesList().stream())
                  .anyMatch(
                      gone ->
                          gone.getParticipantId().equals(added)
                              && gone.getSubCode() == EndReason.NO_ANSWER.subCode()),
          () -> "the third rings on");
      assertEquals(Call.State.CONNECTED, call.state());
      assertEquals(1, call.participants().size());
      ofAstrid.messages.forEach(
          message -> assertNotEquals(CallKind.CALL_KIND_GROUP, message.getCallState().getKind()));
    }
  }
}
