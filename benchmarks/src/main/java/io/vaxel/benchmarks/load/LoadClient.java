package io.vaxel.benchmarks.load;

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
import io.vaxel.signaling.proto.TrackKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One simulated participant: publishes synthetic tracks, checks everything that it receives. Its
 * numbers are read and written on the media loop.
 */
public final class LoadClient implements CallListener, CallAgent.Listener, AutoCloseable {
  private static final long MAX_DELAY_NANOS = 60_000_000_000L;

  private final String name;
  private final Histogram delays;
  private final Map<Integer, StreamCheck> checks = new HashMap<>();
  private final List<SyntheticTrack> tracks = new ArrayList<>();
  private List<String> speakers = List.of();
  private @Nullable CallAgent agent;
  private @Nullable Call call;
  private @Nullable String lostBecause;

  /**
   * @param delays receives the delay of every packet, see {@link #newDelays}
   */
  public LoadClient(String name, Histogram delays) {
    this.name = name;
    this.delays = delays;
  }

  /** A histogram for delays in nanoseconds. */
  public static Histogram newDelays() {
    return new Histogram(MAX_DELAY_NANOS, 3);
  }

  /** Signs in and joins. */
  public CompletableFuture<LoadClient> join(
      ClientMedia media,
      HttpClient http,
      URI endpoint,
      String token,
      String groupId,
      boolean receive) {
    return new CallClient(media, http, endpoint)
        .createCallAgent(token, CallAgentOptions.outgoing(name), this)
        .thenCompose(
            signedIn -> {
              agent = signedIn;
              return signedIn.join(
                  groupId, receive ? CallOptions.RECEIVE_ALL : CallOptions.RECEIVE_NOTHING, this);
            })
        .thenApply(
            joined -> {
              call = joined;
              return this;
            });
  }

  /** Publishes tracks of these kinds; completes when media can flow. */
  public CompletableFuture<List<OutgoingTrack>> publish(List<TrackKind> kinds) {
    return call().publish(kinds);
  }

  void add(SyntheticTrack track) {
    tracks.add(track);
  }

  Call call() {
    Call joined = call;
    if (joined == null) {
      throw new IllegalStateException("not joined");
    }
    return joined;
  }

  public String name() {
    return name;
  }

  /** The tracks that this participant sends. */
  public List<SyntheticTrack> tracks() {
    return tracks;
  }

  /** What has been received, by stream. */
  public Map<Integer, StreamCheck> checks() {
    return checks;
  }

  /** Participant ids of who speaks, as the server says. */
  public List<String> speakers() {
    return speakers;
  }

  /** Why the socket closed before its time; null while it is open. */
  public @Nullable String lostBecause() {
    return lostBecause;
  }

  @Override
  public void received(IncomingTrack track, RtpView packet) {
    if (packet.payloadLength() < SyntheticPayload.MIN_BYTES) {
      return;
    }
    int stream = SyntheticPayload.stream(packet.bytes(), packet.payloadOffset());
    StreamCheck check = checks.get(stream);
    if (check == null) {
      check = new StreamCheck();
      checks.put(stream, check);
    }
    check.received(packet, System.nanoTime(), delays);
  }

  @Override
  public void activeSpeakers(List<String> participantIds) {
    speakers = participantIds;
  }

  @Override
  public void closed(String reason) {
    lostBecause = reason;
  }

  @Override
  public void close() {
    if (agent != null) {
      agent.close();
    }
  }
}
