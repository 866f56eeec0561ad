package io.vaxel.signaling.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Two to five clients do what they like, in any order, pipelined or not. Whatever they do:
 * everybody's roster, built from Joined and deltas, is the truth that the others know of
 * themselves; no offer follows an open one; whoever asked for everything receives everything; what
 * was opened is closed.
 */
class CallProperties {
  private static final List<TrackKind> KINDS =
      List.of(
          TrackKind.TRACK_KIND_AUDIO,
          TrackKind.TRACK_KIND_VIDEO,
          TrackKind.TRACK_KIND_SCREEN_SHARE);

  enum Deed {
    JOIN,
    LEAVE,
    LOSE_SOCKET,
    PUBLISH,
    PUBLISH_REFUSED,
    SET_STATE,
    SUBSCRIBE,
    UNSUBSCRIBE,
    ANSWER,
    ANSWER_REFUSED,
    FAIL_PUBLISH,
    FAIL_SUBSCRIBE,
    SPEAK
  }

  /**
   * @param choice picks tracks, states, modes
   * @param settle whether the loop runs before the next step
   */
  record Step(int actor, Deed deed, int choice, boolean settle) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequency(
            Tuple.of(6, Deed.JOIN),
            Tuple.of(2, Deed.LEAVE),
            Tuple.of(1, Deed.LOSE_SOCKET),
            Tuple.of(8, Deed.PUBLISH),
            Tuple.of(1, Deed.PUBLISH_REFUSED),
            Tuple.of(4, Deed.SET_STATE),
            Tuple.of(3, Deed.SUBSCRIBE),
            Tuple.of(3, Deed.UNSUBSCRIBE),
            Tuple.of(6, Deed.ANSWER),
            Tuple.of(1, Deed.ANSWER_REFUSED),
            Tuple.of(1, Deed.FAIL_PUBLISH),
            Tuple.of(1, Deed.FAIL_SUBSCRIBE),
            Tuple.of(1, Deed.SPEAK));
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            deeds,
            Arbitraries.integers().between(0, 63),
            Arbitraries.of(true, true, true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void everybodyKnowsTheTruth(@ForAll("steps") List<Step> steps) {
    World world = new World();
    for (Step step : steps) {
      world.act(step);
      if (step.settle) {
        world.rig.run();
        world.check();
      }
    }
    world.rig.run();
    world.check();
    world.everybodyGone();
  }

  /** A client and what it knows of itself. */
  private static final class Actor {
    final FakeClient client;
    final Map<String, String> own = new LinkedHashMap<>();
    private final Map<Long, PublishedTrack[]> published = new LinkedHashMap<>();
    private final Map<Long, Map.Entry<String, TrackState>> states = new LinkedHashMap<>();
    boolean meddled;
    AutoSubscribe auto = AutoSubscribe.AUTO_SUBSCRIBE_NONE;
    private int read;

    Actor(String name) {
      client = new FakeClient(name);
    }

    boolean inCall() {
      return client.seat != null && !client.participantId.isEmpty();
    }

    /** Learns from the answers to its own requests what it publishes. */
    void learn() {
      for (; read < client.received.size(); read++) {
        ServerMessage message = client.received.get(read);
        if (message.hasJoined()) {
          own.clear();
        } else if (message.hasTrackEnded()) {
          own.remove(message.getTrackEnded().getTrackId());
        } else if (message.hasPublishAnswer()) {
          learnPublished(message);
        } else if (message.hasDone() && states.containsKey(message.getInReplyTo())) {
          Map.Entry<String, TrackState> state = states.get(message.getInReplyTo());
          if (state.getValue() == TrackState.TRACK_STATE_OFF) {
            own.remove(state.getKey());
          } else {
            own.computeIfPresent(
                state.getKey(), (_, shown) -> shown.split(" ", 2)[0] + " " + state.getValue());
          }
        } else if (message.hasMediaState()
            && message.getMediaState().getConnection()
                == io.vaxel.signaling.proto.MediaState.Connection.PUBLISH
            && message.getMediaState().getState()
                == io.vaxel.signaling.proto.MediaState.State.FAILED) {
          own.clear();
        }
      }
    }

    private void learnPublished(ServerMessage message) {
      Map<String, String> ids = message.getPublishAnswer().getTrackIdsMap();
      own.keySet().retainAll(ids.values());
      PublishedTrack[] asked = published.get(message.getInReplyTo());
      if (asked == null) {
        throw new AssertionError("an answer to no offer");
      }
      for (PublishedTrack track : asked) {
        TrackState state =
            track.getMuted() ? TrackState.TRACK_STATE_MUTED : TrackState.TRACK_STATE_ON;
        String id = ids.get(track.getMid());
        if (id == null) {
          throw new AssertionError("a published track has no id");
        }
        own.putIfAbsent(id, track.getKind() + " " + state);
      }
    }

    void publish(int choice) {
      List<PublishedTrack> tracks = new ArrayList<>();
      for (int i = 0; i < KINDS.size(); i++) {
        if (((choice >> i) & 1) != 0) {
          tracks.add(FakeClient.track("" + i, KINDS.get(i), ((choice >> (3 + i)) & 1) != 0));
        }
      }
      PublishedTrack[] asked = tracks.toArray(new PublishedTrack[0]);
      client.publish("offer", asked);
      published.put(client.lastRequest(), asked);
    }

    void setState(int choice) {
      List<String> ids = List.copyOf(own.keySet());
      if (!ids.isEmpty()) {
        String id = ids.get(choice % ids.size());
        TrackState state =
            List.of(
                    TrackState.TRACK_STATE_ON,
                    TrackState.TRACK_STATE_MUTED,
                    TrackState.TRACK_STATE_OFF)
                .get(choice % 3);
        client.setState(id, state);
        states.put(client.lastRequest(), Map.entry(id, state));
      }
    }
  }

  private static final class World {
    final CallRig rig = new CallRig(new CallLimits(1, 4, 8, 100, Duration.ofMillis(300)));
    final List<Actor> actors = new ArrayList<>();

    World() {
      for (int i = 0; i < 5; i++) {
        actors.add(new Actor("user" + i));
      }
    }

    void act(Step step) {
      Actor actor = actors.get(step.actor);
      if (step.deed == Deed.JOIN) {
        if (actor.client.seat == null) {
          join(actor, step.choice);
        }
        return;
      }
      if (actor.client.seat == null) {
        return;
      }
      switch (step.deed) {
        case LEAVE -> actor.client.leave();
        case LOSE_SOCKET -> actor.client.lost();
        case PUBLISH -> actor.publish(step.choice);
        case PUBLISH_REFUSED ->
            actor.client.publish(
                "refused", FakeClient.track("0", TrackKind.TRACK_KIND_AUDIO, false));
        case SET_STATE -> actor.setState(step.choice);
        case SUBSCRIBE -> {
          actor.client.subscribe(some(tracksSeenBy(actor), step.choice), List.of());
        }
        case UNSUBSCRIBE -> {
          actor.meddled = true;
          actor.client.subscribe(List.of(), some(tracksSeenBy(actor), step.choice));
        }
        case ANSWER -> actor.client.answerOpenOffer();
        case ANSWER_REFUSED -> {
          if (actor.client.openOffer != null) {
            actor.client.answer(actor.client.openOffer.getOfferId(), "refused");
          }
        }
        case FAIL_PUBLISH -> {
          List<FakeMedia.FakePublisher> open =
              rig.media.call().publishers.stream().filter(p -> !p.closed).toList();
          if (!open.isEmpty()) {
            open.get(step.choice % open.size()).listener.failed("lost");
          }
        }
        case FAIL_SUBSCRIBE -> {
          List<FakeMedia.FakeSubscriber> open =
              rig.media.call().subscribers.stream().filter(s -> !s.closed).toList();
          if (!open.isEmpty()) {
            actors.forEach(any -> any.meddled = true);
            open.get(step.choice % open.size()).listener.failed("lost");
          }
        }
        case SPEAK -> {
          rig.media.call().activeSpeakers.accept(tracksSeenBy(actor));
          rig.advance(Duration.ofMillis(step.choice * 10L));
        }
        case JOIN -> throw new AssertionError("handled above");
      }
    }

    private void join(Actor actor, int choice) {
      actor.auto = AutoSubscribe.forNumber(choice % 3);
      actor.meddled = false;
      actor.own.clear();
      try {
        actor.client.join(rig.calls, CallRig.GROUP, actor.auto);
      } catch (RequestRefusedException e) {
        throw new AssertionError("the call has room or will say no later", e);
      }
    }

    private static List<String> tracksSeenBy(Actor actor) {
      return actor.client.roster.values().stream().flatMap(t -> t.keySet().stream()).toList();
    }

    private static List<String> some(List<String> ids, int choice) {
      List<String> some = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        if (((choice >> (i % 6)) & 1) != 0) {
          some.add(ids.get(i));
        }
      }
      return some;
    }

    void check() {
      actors.forEach(Actor::learn);
      Map<String, Map<String, String>> truth = new LinkedHashMap<>();
      actors.stream()
          .filter(Actor::inCall)
          .forEach(actor -> truth.put(actor.client.participantId, actor.own));
      for (Actor actor : actors) {
        if (actor.inCall()) {
          Map<String, Map<String, String>> others = new LinkedHashMap<>(truth);
          others.remove(actor.client.participantId);
          assertEquals(others, actor.client.roster);
        }
      }
      assertEquals(truth.size(), rig.calls.participantCount());
      assertEquals(truth.isEmpty() ? 0 : 1, rig.calls.callCount());
      checkMedia(truth);
    }

    private void checkMedia(Map<String, Map<String, String>> truth) {
      if (truth.isEmpty()) {
        assertEquals(0, rig.media.openCount());
        return;
      }
      int everything = truth.values().stream().mapToInt(Map::size).sum();
      List<FakeMedia.FakeSubscriber> open =
          rig.media.call().subscribers.stream().filter(s -> !s.closed).toList();
      for (FakeMedia.FakeSubscriber subscriber : open) {
        assertTrue(rig.media.call().openTracks().containsAll(subscriber.tracks));
      }
      for (Actor actor : actors) {
        boolean all = actor.auto == AutoSubscribe.AUTO_SUBSCRIBE_ALL;
        if (actor.inCall() && all && !actor.meddled) {
          int others = everything - actor.own.size();
          assertTrue(
              others == 0 || open.stream().anyMatch(s -> s.tracks.size() == others),
              "somebody does not receive everything");
        }
      }
    }

    void everybodyGone() {
      for (Actor actor : actors) {
        if (actor.client.seat != null) {
          actor.client.lost();
        }
      }
      rig.run();
      assertEquals(0, rig.media.openCount());
      assertEquals(0, rig.calls.callCount());
      assertEquals(0, rig.calls.participantCount());
    }
  }
}
