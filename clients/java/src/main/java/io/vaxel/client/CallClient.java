package io.vaxel.client;

import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.sdp.SdpException;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Joined;
import io.vaxel.signaling.proto.Leave;
import io.vaxel.signaling.proto.Ping;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetTrackState;
import io.vaxel.signaling.proto.SubscribeAnswer;
import io.vaxel.signaling.proto.SubscribeOffer;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import io.vaxel.signaling.proto.UpdateSubscriptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's device in one call: signs in, joins, publishes, receives. Methods may be called from
 * any thread; everything that it tells is told on the media loop.
 */
public final class CallClient implements AutoCloseable {
  /** What happens in the call, told on the media loop. */
  public interface Listener {
    /** One packet of a track, repaired where it was lost; lent for the call. */
    default void received(IncomingTrack track, RtpView packet) {}

    /** What the server says by itself: the roster, who speaks, the end of the call. */
    default void message(ServerMessage message) {}

    /** The signalling socket is gone. */
    default void closed(String reason) {}
  }

  private static final Logger log = LoggerFactory.getLogger(CallClient.class);
  private static final String SDK_NAME = "vaxel-calling-java";
  private static final String SDK_VERSION = "0.1.0";

  private final ClientMedia media;
  private final Listener listener;
  private @Nullable SignalingClient signaling;
  private @Nullable Publishing publishing;
  private @Nullable Receiving receiving;
  private @Nullable Joined joined;

  /** Set for good when media has been closed with the socket; offers on their way come too late. */
  private boolean ended;

  private CallClient(ClientMedia media, Listener listener) {
    this.media = media;
    this.listener = listener;
  }

  /**
   * Connects to the server at {@code endpoint} and signs in.
   *
   * @param token a user access token with scope voip
   */
  public static CompletableFuture<CallClient> connect(
      ClientMedia media,
      HttpClient http,
      URI endpoint,
      String token,
      String displayName,
      Listener listener) {
    CallClient client = new CallClient(media, listener);
    Hello hello =
        Hello.newBuilder()
            .setToken(token)
            .setSdkName(SDK_NAME)
            .setSdkVersion(SDK_VERSION)
            .setDisplayName(displayName)
            .build();
    return SignalingClient.connect(http, endpoint, media.loop()::execute, client.new FromServer())
        .thenCompose(
            socket -> {
              client.signaling = socket;
              return socket.request(message -> message.setHello(hello));
            })
        .thenApply(
            welcome -> {
              client.keepAlive(welcome.getWelcome().getPingIntervalMs());
              return client;
            });
  }

  private SignalingClient socket() {
    SignalingClient open = signaling;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    return open;
  }

  private void keepAlive(int intervalMillis) {
    if (intervalMillis <= 0) {
      return;
    }
    CompletableFuture.delayedExecutor(intervalMillis, TimeUnit.MILLISECONDS)
        .execute(() -> ping(intervalMillis));
  }

  private void ping(int intervalMillis) {
    var _ =
        socket()
            .request(message -> message.setPing(Ping.getDefaultInstance()))
            .thenRun(() -> keepAlive(intervalMillis));
  }

  /** Joins the call of {@code groupId}, a UUID; every track is received when {@code receiveAll}. */
  public CompletableFuture<Joined> join(String groupId, boolean receiveAll) {
    return join(Join.newBuilder().setGroupId(groupId), receiveAll);
  }

  /** Joins the call of a room that invites the user; tracks as in {@link #join}. */
  public CompletableFuture<Joined> joinRoom(String roomId, boolean receiveAll) {
    return join(Join.newBuilder().setRoomId(roomId), receiveAll);
  }

  private CompletableFuture<Joined> join(Join.Builder locator, boolean receiveAll) {
    Join join =
        locator
            .setAutoSubscribe(
                receiveAll ? AutoSubscribe.AUTO_SUBSCRIBE_ALL : AutoSubscribe.AUTO_SUBSCRIBE_NONE)
            .build();
    return socket()
        .request(message -> message.setJoin(join))
        .thenApply(
            answer -> {
              joined = answer.getJoined();
              return answer.getJoined();
            });
  }

  /** What the server said when this client joined, or null before. */
  public @Nullable Joined joined() {
    return joined;
  }

  /** Publishes one track of each kind; completes when media can flow. */
  public CompletableFuture<List<OutgoingTrack>> publish(List<TrackKind> kinds) {
    CompletableFuture<Publishing> opened = new CompletableFuture<>();
    media
        .loop()
        .execute(
            () -> {
              try {
                Publishing created = new Publishing(media, kinds, "vaxel-client");
                publishing = created;
                opened.complete(created);
              } catch (IOException e) {
                opened.completeExceptionally(e);
              }
            });
    return opened.thenCompose(this::offer);
  }

  private CompletableFuture<List<OutgoingTrack>> offer(Publishing connection) {
    Publish.Builder publish = Publish.newBuilder().setSdp(connection.offer());
    for (int i = 0; i < connection.tracks().size(); i++) {
      publish.addTracks(
          PublishedTrack.newBuilder()
              .setMid(Integer.toString(i))
              .setKind(connection.tracks().get(i).kind()));
    }
    return socket()
        .request(message -> message.setPublish(publish))
        .thenCompose(answer -> answered(connection, answer));
  }

  private static CompletableFuture<List<OutgoingTrack>> answered(
      Publishing connection, ServerMessage answer) {
    for (int i = 0; i < connection.tracks().size(); i++) {
      String id = answer.getPublishAnswer().getTrackIdsOrDefault(Integer.toString(i), "");
      connection.tracks().get(i).trackId(id);
    }
    try {
      connection.answered(answer.getPublishAnswer().getSdp());
    } catch (SdpException e) {
      throw new CompletionException(e);
    }
    return connection.connected().thenApply(nothing -> connection.tracks());
  }

  /** Mutes or unmutes a published track. */
  public CompletableFuture<ServerMessage> setMuted(OutgoingTrack track, boolean muted) {
    SetTrackState state =
        SetTrackState.newBuilder()
            .setTrackId(track.trackId())
            .setState(muted ? TrackState.TRACK_STATE_MUTED : TrackState.TRACK_STATE_ON)
            .build();
    return socket().request(message -> message.setSetTrackState(state));
  }

  /** Asks for tracks of others. */
  public CompletableFuture<ServerMessage> subscribe(List<String> trackIds) {
    UpdateSubscriptions update = UpdateSubscriptions.newBuilder().addAllSubscribe(trackIds).build();
    return socket().request(message -> message.setUpdateSubscriptions(update));
  }

  /** The tracks that are received now; on the media loop only. */
  public List<IncomingTrack> incoming() {
    Receiving connection = receiving;
    return connection == null ? List.of() : connection.tracks();
  }

  /** Leaves the call; the connection stays. */
  public CompletableFuture<ServerMessage> leave() {
    return socket()
        .request(message -> message.setLeave(Leave.getDefaultInstance()))
        .whenComplete((answer, error) -> media.loop().execute(this::closeMedia));
  }

  private final class FromServer implements SignalingClient.Events {
    @Override
    public void message(ServerMessage message) {
      if (message.hasSubscribeOffer()) {
        answer(message.getSubscribeOffer());
      }
      listener.message(message);
    }

    @Override
    public void closed(String reason) {
      end();
      listener.closed(reason);
    }
  }

  private void answer(SubscribeOffer offer) {
    if (ended) {
      return;
    }
    try {
      Receiving connection = receiving;
      if (connection == null) {
        connection = new Receiving(media, listener::received);
        receiving = connection;
      }
      SubscribeAnswer answer =
          SubscribeAnswer.newBuilder()
              .setOfferId(offer.getOfferId())
              .setSdp(connection.answer(offer.getSdp(), offer.getTrackIdsMap()))
              .build();
      var _ =
          socket()
              .request(message -> message.setSubscribeAnswer(answer))
              .whenComplete(
                  (message, error) -> {
                    if (error != null && !ended) {
                      log.warn("the server refused an answer", error);
                    }
                  });
    } catch (SdpException | IOException e) {
      log.warn("cannot answer the server's offer", e);
    }
  }

  private void end() {
    ended = true;
    closeMedia();
  }

  private void closeMedia() {
    if (publishing != null) {
      publishing.close();
      publishing = null;
    }
    if (receiving != null) {
      receiving.close();
      receiving = null;
    }
  }

  /** The media that this client runs on. */
  public ClientMedia media() {
    return media;
  }

  /** Vanishes without a goodbye, as a device without network does. */
  public void vanish() {
    media.loop().execute(this::end);
    socket().abort();
  }

  /** Ends media and the socket; the server sees it as leaving. */
  @Override
  public void close() {
    media.loop().execute(this::end);
    List<SignalingClient> open = new ArrayList<>();
    if (signaling != null) {
      open.add(signaling);
    }
    open.forEach(SignalingClient::close);
  }
}
