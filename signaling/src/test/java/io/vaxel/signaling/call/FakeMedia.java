package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.vaxel.signaling.proto.TrackKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A media server without media: keeps the books, and throws when a caller breaks the contract of
 * {@link CallMedia}. Offers name their tracks, answers are any text but "refused".
 */
public final class FakeMedia implements CallMedia.Factory {
  public final List<FakeCall> calls = new ArrayList<>();
  private final EventExecutor loop;
  private int lastTrack;

  public FakeMedia(EventExecutor loop) {
    this.loop = loop;
  }

  @Override
  public FakeCall open(Consumer<List<String>> activeSpeakers) {
    FakeCall call = new FakeCall(activeSpeakers);
    calls.add(call);
    return call;
  }

  /** Calls, publishers and subscribers that are open. */
  public int openCount() {
    int count = 0;
    for (FakeCall call : calls) {
      count += call.closed ? 0 : 1;
      count += (int) call.publishers.stream().filter(p -> !p.closed).count();
      count += (int) call.subscribers.stream().filter(s -> !s.closed).count();
    }
    return count;
  }

  /** The only call that is open. */
  public FakeCall call() {
    return calls.stream().filter(call -> !call.closed).findFirst().orElseThrow();
  }

  private static void check(boolean fine, String what) {
    if (!fine) {
      throw new IllegalStateException(what);
    }
  }

  /** The media of one call. */
  public final class FakeCall implements CallMedia {
    public final Consumer<List<String>> activeSpeakers;
    public final List<FakePublisher> publishers = new ArrayList<>();
    public final List<FakeSubscriber> subscribers = new ArrayList<>();
    public boolean failNextOpen;
    boolean closed;

    FakeCall(Consumer<List<String>> activeSpeakers) {
      this.activeSpeakers = activeSpeakers;
    }

    @Override
    public EventExecutor loop() {
      return loop;
    }

    @Override
    public FakePublisher openPublisher(ConnectionListener listener) {
      open();
      FakePublisher publisher = new FakePublisher(listener);
      publishers.add(publisher);
      return publisher;
    }

    @Override
    public FakeSubscriber openSubscriber(ConnectionListener listener) {
      open();
      FakeSubscriber subscriber = new FakeSubscriber(this, listener);
      subscribers.add(subscriber);
      return subscriber;
    }

    @Override
    public void close() {
      check(!closed, "call closed twice");
      check(
          publishers.stream().allMatch(p -> p.closed)
              && subscribers.stream().allMatch(s -> s.closed),
          "call closed before its connections");
      closed = true;
    }

    /** Ids of the tracks that are open and not muted by state. */
    public Set<String> openTracks() {
      Set<String> open = new LinkedHashSet<>();
      publishers.stream().filter(p -> !p.closed).forEach(p -> open.addAll(p.idsByMid.values()));
      return open;
    }

    private void open() {
      check(!closed, "opened in a closed call");
      if (failNextOpen) {
        failNextOpen = false;
        throw new IllegalStateException("no more connections");
      }
    }
  }

  /** A publish connection. */
  public final class FakePublisher implements CallMedia.Publisher {
    public final CallMedia.ConnectionListener listener;
    public final Map<String, Boolean> muted = new HashMap<>();
    final Map<String, String> idsByMid = new LinkedHashMap<>();
    public boolean paused;
    boolean closed;

    FakePublisher(CallMedia.ConnectionListener listener) {
      this.listener = listener;
    }

    @Override
    public CallMedia.PublishAnswer answer(String sdpOffer, Map<String, TrackKind> kindsByMid)
        throws SdpRefusedException {
      check(!closed, "answer after close");
      if (sdpOffer.equals("refused")) {
        throw new SdpRefusedException("No media.");
      }
      idsByMid.keySet().retainAll(kindsByMid.keySet());
      kindsByMid.forEach((mid, kind) -> idsByMid.computeIfAbsent(mid, _ -> "t" + ++lastTrack));
      muted.keySet().retainAll(idsByMid.values());
      return new CallMedia.PublishAnswer("answer", Map.copyOf(idsByMid));
    }

    @Override
    public void setMuted(String trackId, boolean mute) {
      check(!closed && idsByMid.containsValue(trackId), "muted a track that is not there");
      muted.put(trackId, mute);
    }

    @Override
    public void setPaused(boolean pause) {
      check(!closed, "paused a publisher after close");
      paused = pause;
    }

    @Override
    public void close() {
      check(!closed, "publisher closed twice");
      closed = true;
    }
  }

  /** A subscribe connection. */
  public static final class FakeSubscriber implements CallMedia.Subscriber {
    public final CallMedia.ConnectionListener listener;
    public final Set<String> tracks = new LinkedHashSet<>();
    private final FakeCall call;
    int room = 1000;
    public boolean paused;
    public int restarts;
    boolean closed;
    private boolean changed;
    private boolean offered;

    FakeSubscriber(FakeCall call, CallMedia.ConnectionListener listener) {
      this.call = call;
      this.listener = listener;
    }

    @Override
    public boolean subscribe(String trackId) {
      check(!closed, "subscribed after close");
      check(call.openTracks().contains(trackId), "subscribed to a track that is not open");
      if (room == 0) {
        return false;
      }
      room--;
      check(tracks.add(trackId), "subscribed twice");
      changed = true;
      return true;
    }

    @Override
    public void unsubscribe(String trackId) {
      check(!closed, "unsubscribed after close");
      check(tracks.remove(trackId), "unsubscribed what was not subscribed");
      changed = true;
    }

    @Override
    public void restartIce() {
      check(!closed, "restarted after close");
      restarts++;
      changed = true;
    }

    @Override
    public void setPaused(boolean pause) {
      check(!closed, "paused a subscriber after close");
      paused = pause;
    }

    @Override
    public CallMedia.@Nullable SubscribeOffer nextOffer() {
      check(!closed, "asked for an offer after close");
      if (!changed || offered) {
        return null;
      }
      changed = false;
      offered = true;
      Map<String, String> byMid = new LinkedHashMap<>();
      tracks.forEach(id -> byMid.put("m" + id, id));
      return new CallMedia.SubscribeOffer("offer", byMid);
    }

    @Override
    public void answer(String sdp) throws SdpRefusedException {
      check(!closed && offered, "answer without an offer");
      if (sdp.equals("refused")) {
        throw new SdpRefusedException("Not an answer.");
      }
      offered = false;
    }

    @Override
    public void close() {
      check(!closed, "subscriber closed twice");
      closed = true;
    }
  }
}
