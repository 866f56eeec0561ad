package io.vaxel.server.call;

import io.vaxel.client.Call;
import io.vaxel.client.CallAgent;
import io.vaxel.client.CallAgentOptions;
import io.vaxel.client.CallClient;
import io.vaxel.client.CallListener;
import io.vaxel.client.CallOptions;
import io.vaxel.client.ClientMedia;
import io.vaxel.client.IncomingTrack;
import io.vaxel.client.OutgoingTrack;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackChange;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One participant: a real client, with a memory for what it has seen and heard. */
final class TestClient implements AutoCloseable {
  private final ClientMedia media;
  private final String name;
  private final Map<String, TrackState> trackStates = new ConcurrentHashMap<>();
  private final Map<String, Numbers> received = new ConcurrentHashMap<>();
  private final Map<String, Stream> streams = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<List<String>> speakers = new ConcurrentLinkedQueue<>();
  private volatile @Nullable CallAgent agent;
  private volatile @Nullable Call call;
  private volatile String participantId = "";

  private TestClient(ClientMedia media, String name) {
    this.media = media;
    this.name = name;
  }

  static TestClient join(TestServer server, String groupId, String name, String token)
      throws Exception {
    return join(server, server.media(), groupId, name, token);
  }

  /** With media of its own. */
  static TestClient join(
      TestServer server, ClientMedia media, String groupId, String name, String token)
      throws Exception {
    return join(
        server,
        media,
        name,
        token,
        (agent, told) -> agent.join(groupId, CallOptions.RECEIVE_ALL, told));
  }

  /** In the call of a room. */
  static TestClient joinRoom(TestServer server, String roomId, String name, String token)
      throws Exception {
    return join(
        server,
        server.media(),
        name,
        token,
        (agent, told) -> agent.joinRoom(roomId, CallOptions.RECEIVE_ALL, told));
  }

  private static TestClient join(
      TestServer server,
      ClientMedia media,
      String name,
      String token,
      BiFunction<CallAgent, CallListener, CompletableFuture<Call>> locator)
      throws Exception {
    TestClient client = new TestClient(media, name);
    CallAgent agent =
        new CallClient(media, server.http(), server.server().localEndpoint())
            .createCallAgent(token, CallAgentOptions.outgoing(name), new CallAgent.Listener() {})
            .get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
    client.agent = agent;
    Call call =
        locator.apply(agent, client.new Told()).get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
    client.call = call;
    client.participantId = Objects.requireNonNull(call.joined()).getParticipantId();
    return client;
  }

  private final class Told implements CallListener {
    @Override
    public void received(IncomingTrack track, RtpView packet) {
      received.computeIfAbsent(track.trackId(), id -> new Numbers()).received(packet);
    }

    @Override
    public void message(ServerMessage message) {
      for (TrackChange change : message.getRosterDelta().getTracksList()) {
        trackStates.put(change.getTrack().getTrackId(), change.getTrack().getState());
      }
    }

    @Override
    public void activeSpeakers(List<String> participantIds) {
      speakers.add(List.copyOf(participantIds));
    }
  }

  CallAgent agent() {
    CallAgent open = agent;
    if (open == null) {
      throw new IllegalStateException(name + " has not connected");
    }
    return open;
  }

  Call call() {
    Call open = call;
    if (open == null) {
      throw new IllegalStateException(name + " has not joined");
    }
    return open;
  }

  String participantId() {
    return participantId;
  }

  /** The names of the others. */
  List<String> others() {
    return call().participants().stream().map(Participant::getDisplayName).sorted().toList();
  }

  @Nullable TrackState stateOf(String trackId) {
    return trackStates.get(trackId);
  }

  /** Whether the server has named exactly these as the speakers, at any time so far. */
  boolean wasToldSpeakers(List<String> participantIds) {
    return speakers.contains(participantIds);
  }

  /** Publishes; returns when media can flow. */
  List<Stream> publish(TrackKind... kinds) throws Exception {
    List<Stream> published = new ArrayList<>();
    for (OutgoingTrack track :
        call().publish(List.of(kinds)).get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      Stream stream = new Stream(track);
      streams.put(track.trackId(), stream);
      published.add(stream);
    }
    return published;
  }

  /** What has come of a track so far. */
  Numbers of(Stream stream) {
    return received.computeIfAbsent(stream.track().trackId(), id -> new Numbers());
  }

  void setMuted(Stream stream, boolean muted) throws Exception {
    call().setMuted(stream.track(), muted).get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  void leave() throws Exception {
    call().hangUp().get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Runs {@code task} on the media loop and waits for it. */
  void onLoop(Runnable task) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    media
        .loop()
        .execute(
            () -> {
              try {
                task.run();
              } finally {
                done.countDown();
              }
            });
    if (!done.await(Until.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the clients' media loop does not answer");
    }
  }

  /** Waits until the loop has done, and sent, what it was told before. */
  void settle() throws Exception {
    onLoop(() -> {});
  }

  /** Sends one frame of {@code stream} after another until {@code condition} holds. */
  void sendUntil(Stream stream, Callable<Boolean> condition, String otherwise) throws Exception {
    Until.holds(
        () -> {
          onLoop(stream::sendFrame);
          return condition.call();
        },
        () -> name + ": " + otherwise);
  }

  @Override
  public void close() {
    agent().close();
    try {
      settle();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
