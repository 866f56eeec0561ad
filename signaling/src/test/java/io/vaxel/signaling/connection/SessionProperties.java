package io.vaxel.signaling.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.connection.ConnectionRig.Peer;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Leave;
import io.vaxel.signaling.proto.Ping;
import io.vaxel.signaling.proto.RenewToken;
import io.vaxel.signaling.proto.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * A client whose sockets break at any moment, with messages lost both ways, sends what is not
 * answered again, in any order, and comes back. In the end it has seen every message of the server
 * once and in order, and every request was carried out once and has one answer. A witness in the
 * same call counts what was carried out.
 */
class SessionProperties {
  enum Deed {
    JOIN,
    LEAVE,
    PING,
    RENEW,
    NONSENSE,
    WITNESS_MOVES,
    READ,
    RESEND,
    CUT,
    LOSE_MESSAGE_AND_CUT,
    RESUME,
    ACKNOWLEDGE,
    RUN_CALLS,
    WAIT
  }

  /**
   * @param choice picks what is sent again, how long to wait
   */
  record Step(Deed deed, int choice) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequency(
            Tuple.of(5, Deed.JOIN),
            Tuple.of(4, Deed.LEAVE),
            Tuple.of(2, Deed.PING),
            Tuple.of(1, Deed.RENEW),
            Tuple.of(1, Deed.NONSENSE),
            Tuple.of(4, Deed.WITNESS_MOVES),
            Tuple.of(4, Deed.READ),
            Tuple.of(4, Deed.RESEND),
            Tuple.of(3, Deed.CUT),
            Tuple.of(2, Deed.LOSE_MESSAGE_AND_CUT),
            Tuple.of(6, Deed.RESUME),
            Tuple.of(2, Deed.ACKNOWLEDGE),
            Tuple.of(4, Deed.RUN_CALLS),
            Tuple.of(1, Deed.WAIT));
    return Combinators.combine(deeds, Arbitraries.integers().between(0, 1_000))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void nothingIsLostAndNothingHappensTwice(@ForAll("steps") List<Step> steps) {
    World world = new World();
    steps.forEach(world::act);
    world.finish();
  }

  private static final class World {
    private final ConnectionRig rig = new ConnectionRig();
    private final Map<Long, ClientMessage> open = new LinkedHashMap<>();
    private final Map<Long, ClientMessage> sent = new LinkedHashMap<>();
    private final Map<Long, ServerMessage> answers = new LinkedHashMap<>();
    private final Peer witness;
    private Peer socket;
    private String resumeToken = "";
    private long lastRequest;
    private long lastSequence;
    private int witnessMoves;
    private final Set<String> came = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private int left;

    World() {
      witness = rig.connect();
      witness.hello("witness voip 36000");
      witness.send(join());
      witness.read();
      socket = rig.connect();
      socket.hello(Hello.newBuilder().setToken("alice voip 36000").setResumable(true));
      read();
    }

    private static ClientMessage.Builder join() {
      return ClientMessage.newBuilder().setJoin(Join.newBuilder().setGroupId(ConnectionRig.GROUP));
    }

    void act(Step step) {
      switch (step.deed) {
        case JOIN -> request(join());
        case LEAVE -> request(ClientMessage.newBuilder().setLeave(Leave.getDefaultInstance()));
        case PING -> request(ClientMessage.newBuilder().setPing(Ping.getDefaultInstance()));
        case RENEW ->
            request(
                ClientMessage.newBuilder()
                    .setRenewToken(RenewToken.newBuilder().setToken("alice voip 36001")));
        case NONSENSE -> request(ClientMessage.newBuilder());
        case WITNESS_MOVES -> moveWitness();
        case READ -> read();
        case RESEND -> resend(new ArrayList<>(sent.values()), step.choice);
        case CUT -> socket.cut();
        case LOSE_MESSAGE_AND_CUT -> {
          remember(join());
          socket.cut();
        }
        case RESUME -> resume(step.choice);
        case ACKNOWLEDGE ->
            request(
                ClientMessage.newBuilder()
                    .setPing(Ping.getDefaultInstance())
                    .setAcknowledged(lastSequence));
        case RUN_CALLS -> rig.runCalls();
        case WAIT -> pass(Duration.ofMillis(step.choice * 10L));
      }
    }

    private ClientMessage remember(ClientMessage.Builder message) {
      ClientMessage numbered = message.setRequestId(++lastRequest).build();
      open.put(lastRequest, numbered);
      sent.put(lastRequest, numbered);
      return numbered;
    }

    private void request(ClientMessage.Builder message) {
      deliver(remember(message));
    }

    private void deliver(ClientMessage message) {
      if (socket.isOpen()) {
        socket.sendBytes(message.toBuilder().build().toByteArray());
      }
    }

    private void resend(List<ClientMessage> messages, int choice) {
      if (!messages.isEmpty()) {
        deliver(messages.get(choice % messages.size()));
      }
    }

    private void moveWitness() {
      witnessMoves++;
      Peer passer = rig.connect();
      passer.hello("passer voip 36000");
      passer.send(join());
      rig.settle();
      passer.disconnect();
      rig.settle();
    }

    private void pass(Duration time) {
      witness.send(ClientMessage.newBuilder().setPing(Ping.getDefaultInstance()));
      deliver(
          ClientMessage.newBuilder()
              .setRequestId(++lastRequest)
              .setPing(Ping.getDefaultInstance())
              .build());
      rig.advance(time);
    }

    /** On a new socket; what is open is sent again, from any of it on. */
    private void resume(int choice) {
      socket.cut();
      socket = rig.connect();
      socket.hello(
          Hello.newBuilder()
              .setToken("alice voip 36000")
              .setResumeToken(resumeToken)
              .setLastSequence(lastSequence));
      rig.settle();
      List<ClientMessage> again = new ArrayList<>(open.values());
      if (choice % 2 == 0) {
        read();
      }
      for (int i = 0; i < again.size(); i++) {
        deliver(again.get((i + choice) % again.size()));
      }
    }

    private void read() {
      for (ServerMessage message : socket.read()) {
        if (message.hasWelcome()) {
          resumeToken = message.getWelcome().getResumeToken();
          continue;
        }
        assertEquals(++lastSequence, message.getSequence(), message::toString);
        message.getRosterDelta().getJoinedList().forEach(p -> seen.add(p.getParticipantId()));
        long request = message.getInReplyTo();
        if (request != 0) {
          ServerMessage answer = message.toBuilder().clearSequence().build();
          ServerMessage before = answers.putIfAbsent(request, answer);
          assertTrue(before == null || before.equals(answer), () -> before + " then " + answer);
          open.remove(request);
        }
      }
      readWitness();
    }

    private void readWitness() {
      for (ServerMessage message : witness.read()) {
        message.getRosterDelta().getJoinedList().stream()
            .filter(participant -> participant.getUserId().equals("8:acs:alice"))
            .forEach(participant -> came.add(participant.getParticipantId()));
        left += message.getRosterDelta().getLeftCount();
      }
    }

    private long answered(ServerMessage.BodyCase body) {
      return answers.values().stream().filter(answer -> answer.getBodyCase() == body).count();
    }

    void finish() {
      resume(0);
      rig.advance(Duration.ofSeconds(2));
      read();
      for (int i = 0; i < 5 && !open.isEmpty(); i++) {
        resume(i);
        rig.advance(Duration.ofSeconds(2));
        read();
      }
      assertEquals(Map.of(), open, "every request has its answer");
      assertEquals(
          answered(ServerMessage.BodyCase.JOINED), came.size(), "joined as often as it was told");
      assertEquals(
          answered(ServerMessage.BodyCase.LEFT) + witnessMoves,
          left,
          "left as often as it was told");
      int stays = came.size() - (left - witnessMoves);
      assertTrue(stays == 0 || stays == 1);
      assertTrue(seen.size() <= witnessMoves);
      rig.close();
      assertEquals(0, rig.calls.callCount());
      assertEquals(0, rig.endpoint.sessionCount());
      assertEquals(0, rig.endpoint.sessionMemoryBytes());
    }
  }
}
