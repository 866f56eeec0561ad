package io.vaxel.signaling.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.proto.AddParticipant;
import io.vaxel.signaling.proto.AnswerLobby;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.EndCall;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.MuteOthers;
import io.vaxel.signaling.proto.ParticipantState;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.proto.RemoveParticipant;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetHand;
import io.vaxel.signaling.proto.SetHold;
import io.vaxel.signaling.proto.SetLobby;
import io.vaxel.signaling.proto.SetMediaAccess;
import io.vaxel.signaling.proto.SetSpotlight;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TransferCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Two to five users call each other, answer, add, transfer, hold, admit and vanish in any order,
 * while time goes on and connections break. Whatever they do: a participant id belongs to one
 * device; everybody in a call has the same roster; who has left hears nothing more; nothing rings
 * for a call that is over; and in the end every call ends, every timer is cancelled and all media
 * is closed.
 */
class CallModelProperties {
  enum Deed {
    PLACE,
    PLACE_GROUP,
    SHOW,
    ACCEPT,
    DECLINE,
    BUSY,
    JOIN_GROUP,
    LEAVE,
    LOSE_FOR_GOOD,
    END_CALL,
    ADD,
    REMOVE,
    TRANSFER,
    TRANSFER_TO_CALL,
    CARRY_OUT,
    HOLD,
    MUTE_OTHERS,
    LOBBY,
    ANSWER_LOBBY,
    FORBID,
    HAND,
    SPOTLIGHT,
    PUBLISH,
    MEDIA_CONNECTED,
    MEDIA_FAILED,
    SIGNALING_LOST,
    SIGNALING_BACK,
    TIME
  }

  /**
   * @param choice picks connections, targets, durations
   * @param settle whether the loop runs before the next step
   */
  record Step(int actor, Deed deed, int choice, boolean settle) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            deeds(),
            Arbitraries.integers().between(0, 255),
            Arbitraries.of(true, true, true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(120);
  }

  /** What begins something comes more often than what ends everything. */
  private static Arbitrary<Deed> deeds() {
    List<Deed> weighted = new ArrayList<>(List.of(Deed.values()));
    weighted.addAll(Collections.nCopies(4, Deed.PLACE));
    weighted.addAll(Collections.nCopies(8, Deed.ACCEPT));
    weighted.addAll(Collections.nCopies(3, Deed.ADD));
    weighted.addAll(Collections.nCopies(3, Deed.TRANSFER));
    weighted.addAll(Collections.nCopies(2, Deed.TRANSFER_TO_CALL));
    weighted.addAll(Collections.nCopies(3, Deed.CARRY_OUT));
    weighted.addAll(Collections.nCopies(2, Deed.JOIN_GROUP));
    return Arbitraries.of(weighted);
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
  void callsKeepTheirPromises(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 2, max = 5) int users,
      @ForAll boolean endByTimeouts) {
    World world = new World(users);
    for (Step step : steps) {
      world.act(step);
      if (step.settle) {
        world.rig.run();
        world.check();
      }
    }
    world.rig.run();
    world.check();
    world.end(endByTimeouts);
  }

  /** A user with a device that rings and connections that carry calls. */
  private static final class User {
    final String name;
    final FakeDevice device;
    final List<FakeClient> connections = new ArrayList<>();

    User(String name, FakeDevice device) {
      this.name = name;
      this.device = device;
    }

    /** Those in a call or about to be. */
    List<FakeClient> inCalls() {
      return connections.stream().filter(c -> c.seat != null).toList();
    }
  }

  private static final class World {
    final CallRig rig = new CallRig(new CallLimits(6, 4, 8, 100, Duration.ofMillis(300)));
    final List<User> users = new ArrayList<>();

    /** How much those who are in no call had heard when they left. */
    final Map<FakeClient, Integer> heard = new HashMap<>();

    World(int count) {
      for (int i = 0; i < count; i++) {
        String name = "user" + i;
        users.add(new User(name, rig.device(name)));
      }
    }

    void act(Step step) {
      User user = users.get(step.actor % users.size());
      try {
        switch (step.deed) {
          case PLACE -> fresh(user).place(rig.calls, rawId(step.choice));
          case PLACE_GROUP ->
              fresh(user)
                  .place(
                      rig.calls,
                      PlaceCall.newBuilder()
                          .addTargets(rawId(step.choice))
                          .addTargets(rawId(step.choice + 1))
                          .setAutoSubscribe(AutoSubscribe.AUTO_SUBSCRIBE_ALL)
                          .build());
          case JOIN_GROUP ->
              fresh(user)
                  .join(
                      rig.calls,
                      Join.newBuilder()
                          .setGroupId(CallRig.GROUP)
                          .setLobby(step.choice % 4 == 0)
                          .setAutoSubscribe(AutoSubscribe.AUTO_SUBSCRIBE_ALL)
                          .build());
          case SHOW, ACCEPT, DECLINE, BUSY -> answer(user, step.deed);
          case CARRY_OUT -> carryOut(user, step.choice);
          case TIME ->
              rig.advance(
                  Duration.ofSeconds(step.choice < 200 ? step.choice / 20 : step.choice / 2));
          case MEDIA_CONNECTED, MEDIA_FAILED -> media(step);
          default -> inCall(user, step);
        }
      } catch (RequestRefusedException e) {
        // A refusal is an answer; what it must not do is change anything, which check() sees.
        users.forEach(u -> u.connections.removeIf(c -> c.seat == null && c.received.isEmpty()));
      }
    }

    private static FakeClient fresh(User user) {
      FakeClient connection = new FakeClient(user.name);
      user.connections.add(connection);
      return connection;
    }

    private String rawId(int choice) {
      return FakeClient.rawId(users.get(choice % users.size()).name);
    }

    private void answer(User user, Deed deed) throws RequestRefusedException {
      String call = user.device.ringing;
      if (call == null) {
        return;
      }
      switch (deed) {
        case SHOW -> new FakeClient(user.name).shown(rig.calls, call);
        case ACCEPT -> fresh(user).accept(rig.calls, call);
        default ->
            new FakeClient(user.name)
                .reject(
                    rig.calls,
                    call,
                    user.device,
                    deed == Deed.BUSY ? RejectCall.Reason.BUSY : RejectCall.Reason.DECLINED);
      }
    }

    private void carryOut(User user, int choice) throws RequestRefusedException {
      List<ServerMessage> offers =
          user.connections.stream()
              .flatMap(c -> c.told(ServerMessage.BodyCase.TRANSFER_OFFER).stream())
              .toList();
      if (offers.isEmpty()) {
        return;
      }
      var offer = offers.get(choice % offers.size()).getTransferOffer();
      if (offer.hasTargetCall()) {
        fresh(user).join(rig.calls, Join.newBuilder().setTransferId(offer.getTransferId()).build());
      } else {
        fresh(user)
            .place(rig.calls, PlaceCall.newBuilder().setTransferId(offer.getTransferId()).build());
      }
    }

    private void media(Step step) {
      List<CallMedia.ConnectionListener> open = new ArrayList<>();
      for (FakeMedia.FakeCall call : rig.media.calls) {
        call.publishers.stream().filter(p -> !p.closed).forEach(p -> open.add(p.listener));
        call.subscribers.stream().filter(s -> !s.closed).forEach(s -> open.add(s.listener));
      }
      if (!open.isEmpty()) {
        CallMedia.ConnectionListener chosen = open.get(step.choice % open.size());
        if (step.deed == Deed.MEDIA_CONNECTED) {
          chosen.connected();
        } else {
          chosen.failed("lost");
        }
      }
    }

    private void inCall(User user, Step step) {
      List<FakeClient> seated = user.inCalls();
      if (seated.isEmpty()) {
        return;
      }
      FakeClient client = seated.get(step.choice % seated.size());
      String other = pick(client.roster.keySet(), step.choice);
      ClientMessage.Builder request = ClientMessage.newBuilder();
      switch (step.deed) {
        case LEAVE -> client.leave();
        case LOSE_FOR_GOOD -> client.lost();
        case SIGNALING_LOST -> client.seat().signalingLost();
        case SIGNALING_BACK -> client.seat().signalingBack();
        case PUBLISH ->
            client.publish(
                "offer",
                FakeClient.track("0", TrackKind.TRACK_KIND_AUDIO, step.choice % 2 == 0),
                FakeClient.track(
                    "1",
                    step.choice % 3 == 0
                        ? TrackKind.TRACK_KIND_SCREEN_SHARE
                        : TrackKind.TRACK_KIND_VIDEO,
                    false));
        case END_CALL -> client.request(request.setEndCall(EndCall.getDefaultInstance()));
        case ADD ->
            client.request(
                request.setAddParticipant(
                    AddParticipant.newBuilder().setTarget(rawId(step.choice))));
        case REMOVE ->
            client.request(
                request.setRemoveParticipant(
                    RemoveParticipant.newBuilder().setParticipantId(other)));
        case TRANSFER ->
            client.request(
                request.setTransferCall(
                    TransferCall.newBuilder().setTargetUser(rawId(step.choice))));
        case TRANSFER_TO_CALL ->
            client.request(
                request.setTransferCall(
                    TransferCall.newBuilder()
                        .setTargetCall(callId(seated.get((step.choice + 1) % seated.size())))));
        case HOLD ->
            client.request(request.setSetHold(SetHold.newBuilder().setOn(step.choice % 3 != 0)));
        case MUTE_OTHERS -> client.request(request.setMuteOthers(MuteOthers.newBuilder()));
        case LOBBY ->
            client.request(request.setSetLobby(SetLobby.newBuilder().setOn(step.choice % 3 != 0)));
        case ANSWER_LOBBY ->
            client.request(
                request.setAnswerLobby(AnswerLobby.newBuilder().setAdmit(step.choice % 3 != 0)));
        case FORBID ->
            client.request(
                request.setSetMediaAccess(
                    SetMediaAccess.newBuilder()
                        .setAudioPermitted(step.choice % 2 == 0)
                        .setVideoPermitted(step.choice % 3 == 0)));
        case HAND ->
            client.request(
                request.setSetHand(SetHand.newBuilder().setRaised(step.choice % 2 == 0)));
        case SPOTLIGHT ->
            client.request(
                request.setSetSpotlight(
                    SetSpotlight.newBuilder()
                        .addParticipantIds(other)
                        .setOn(step.choice % 3 != 0)));
        default -> throw new AssertionError(step.deed);
      }
    }

    private static String pick(Set<String> ids, int choice) {
      List<String> all = List.copyOf(ids);
      return all.isEmpty() ? "nobody" : all.get(choice % all.size());
    }

    private static String callId(FakeClient client) {
      List<ServerMessage> joined = client.told(ServerMessage.BodyCase.JOINED);
      return joined.isEmpty() ? "none" : joined.getLast().getJoined().getCallId();
    }

    /** Only what can be seen from outside. */
    void check() {
      Map<String, List<FakeClient>> inside = new HashMap<>();
      Set<String> alive = new HashSet<>();
      Set<String> ids = new HashSet<>();
      int seats = 0;
      for (User user : users) {
        for (FakeClient client : user.connections) {
          if (client.seat == null) {
            int now = client.received.size();
            assertEquals(now, heard.computeIfAbsent(client, _ -> now), "who left hears no more");
            continue;
          }
          seats++;
          assertFalse(client.hasEnded(), "ended, and still seated");
          assertTrue(ids.add(client.participantId), "one owner of each participant id");
          alive.add(callId(client));
          if (isInside(client)) {
            inside.computeIfAbsent(callId(client), _ -> new ArrayList<>()).add(client);
          } else {
            assertTrue(client.roster.isEmpty(), "the lobby sees nobody");
          }
        }
      }
      assertEquals(seats, rig.calls.participantCount());
      assertEquals(alive.size(), rig.calls.callCount());
      assertEquals(alive, inside.keySet(), "a lobby without a call");
      inside.values().forEach(World::sameRoster);
      for (User user : users) {
        String ringing = user.device.ringing;
        assertTrue(ringing == null || alive.contains(ringing), "rings for a call that is over");
      }
    }

    private static boolean isInside(FakeClient client) {
      boolean waited =
          client.told(ServerMessage.BodyCase.JOINED).getLast().getJoined().getState()
              == ParticipantState.PARTICIPANT_STATE_IN_LOBBY;
      return !waited
          || client.told(ServerMessage.BodyCase.SELF_CHANGED).stream()
              .anyMatch(
                  m ->
                      m.getSelfChanged().getParticipant().getState()
                          != ParticipantState.PARTICIPANT_STATE_IN_LOBBY);
    }

    private static void sameRoster(List<FakeClient> together) {
      Set<String> roster = null;
      for (FakeClient client : together) {
        Set<String> seen = new TreeSet<>(client.roster.keySet());
        assertTrue(seen.add(client.participantId), "told about itself");
        for (FakeClient other : together) {
          assertTrue(seen.contains(other.participantId), "somebody is not seen");
        }
        assertTrue(roster == null || roster.equals(seen), "two rosters of one call");
        roster = seen;
      }
    }

    void end(boolean byTimeouts) {
      if (byTimeouts) {
        users.forEach(u -> u.inCalls().forEach(c -> c.seat().signalingLost()));
        rig.run();
        for (FakeMedia.FakeCall call : List.copyOf(rig.media.calls)) {
          List.copyOf(call.publishers).stream()
              .filter(p -> !p.closed)
              .forEach(p -> p.listener.failed("lost"));
          for (int i = 0; i < 4; i++) {
            List.copyOf(call.subscribers).stream()
                .filter(s -> !s.closed)
                .forEach(s -> s.listener.failed("lost"));
          }
        }
        rig.run();
        rig.advance(Duration.ofSeconds(121));
        rig.advance(Duration.ofSeconds(121));
      } else {
        users.forEach(u -> u.inCalls().forEach(FakeClient::lost));
        rig.run();
      }
      rig.run();
      check();
      assertEquals(0, rig.calls.callCount());
      assertEquals(0, rig.calls.participantCount());
      assertEquals(0, rig.media.openCount());
      assertTrue(rig.isIdle(), "a timer is left");
      users.forEach(user -> assertNull(user.device.ringing));
    }
  }
}
