package io.vaxel.client;

import io.vaxel.signaling.proto.AnswerCall;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.IncomingCallEnded;
import io.vaxel.signaling.proto.IncomingCallShown;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Notice;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.proto.RenewToken;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TransferOffer;
import io.vaxel.signaling.proto.Welcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One signed-in user on one device: calls come in here, and are begun here. One connection rings
 * and carries a call; further calls at the same time get connections of their own. Any thread;
 * futures complete, and listeners are called, on the media loop, where nothing may block.
 */
public final class CallAgent implements AutoCloseable {
  /** What happens besides the calls themselves, told on the media loop. */
  public interface Listener {
    /** Somebody calls; the caller sees ringing. */
    default void incomingCall(IncomingCall call) {}

    /** A call does not ring any longer, and was not accepted here. */
    default void incomingCallEnded(IncomingCall call, CallEndReason reason) {}

    /** The connection is lost, and another one is being opened; media goes on. */
    default void reconnecting() {}

    /** The connection is back; nothing was missed. */
    default void reconnected() {}

    /** Something to know, such as a coming restart of the server. */
    default void notice(Notice notice) {}

    /** The user is signed out, not by {@link CallAgent#close}: sign in again. */
    default void closed(String reason) {}
  }

  private static final String SDK_NAME = "vaxel-calling-java";
  private static final String SDK_VERSION = "0.1.0";

  /** Calls that may ring here at the same time; the oldest is forgotten. */
  private static final int MAX_RINGING = 64;

  private final ClientMedia media;
  private final Wire.Factory wires;
  private final CallAgentOptions options;
  private final Listener listener;
  private final CallLine main;
  private final List<CallLine> lines = new CopyOnWriteArrayList<>();
  private final Map<String, IncomingCall> ringing = new LinkedHashMap<>();
  private volatile String token;
  private volatile String userId = "";
  private boolean closed;

  CallAgent(
      ClientMedia media,
      Wire.Factory wires,
      String token,
      CallAgentOptions options,
      Listener listener) {
    this.media = media;
    this.wires = wires;
    this.token = token;
    this.options = options;
    this.listener = listener;
    this.main = line(options.receivesCalls());
    lines.add(main);
  }

  CompletableFuture<CallAgent> signIn() {
    return main.session()
        .open()
        .thenApply(
            (Welcome welcome) -> {
              userId = welcome.getUserId();
              return this;
            });
  }

  /** The user, as a raw id such as {@code 8:acs:...}. */
  public String userId() {
    return userId;
  }

  /** The calls that are not over. */
  public List<Call> calls() {
    return lines.stream().map(CallLine::call).filter(call -> call != null).toList();
  }

  /**
   * Calls others: with one target a 1:1 call, with more a group call. Completes when the call rings
   * or tries to; {@link CallListener#stateChanged} tells how it goes on.
   *
   * @param targets raw ids, or {@code 4:+} and a number; 1 to 50
   */
  public CompletableFuture<Call> startCall(
      Collection<String> targets, CallOptions callOptions, CallListener callListener) {
    return begin(
        callListener,
        true,
        message -> message.setPlaceCall(placing(callOptions).addAllTargets(targets)));
  }

  /** Joins the group call of {@code groupId}, a UUID, which begins with its first participant. */
  public CompletableFuture<Call> join(
      String groupId, CallOptions callOptions, CallListener callListener) {
    return begin(
        callListener, false, message -> message.setJoin(joining(callOptions).setGroupId(groupId)));
  }

  /** Joins the call of a room that invites the user. */
  public CompletableFuture<Call> joinRoom(
      String roomId, CallOptions callOptions, CallListener callListener) {
    return begin(
        callListener, false, message -> message.setJoin(joining(callOptions).setRoomId(roomId)));
  }

  /** Goes where a transferor sends this user; the call of the offer ends when that stands. */
  public CompletableFuture<Call> acceptTransfer(
      TransferOffer offer, CallOptions callOptions, CallListener callListener) {
    return offer.hasTargetCall()
        ? begin(
            callListener,
            false,
            message -> message.setJoin(joining(callOptions).setTransferId(offer.getTransferId())))
        : begin(
            callListener,
            true,
            message ->
                message.setPlaceCall(
                    placing(callOptions)
                        .addTargets(offer.getTargetUser())
                        .setTransferId(offer.getTransferId())));
  }

  private static PlaceCall.Builder placing(CallOptions options) {
    return PlaceCall.newBuilder()
        .setAlternateCallerId(options.alternateCallerId())
        .setCustomContext(options.customContext())
        .setAutoSubscribe(options.autoSubscribe());
  }

  private static Join.Builder joining(CallOptions options) {
    return Join.newBuilder().setAutoSubscribe(options.autoSubscribe()).setLobby(options.lobby());
  }

  CompletableFuture<Call> accept(
      IncomingCall incoming, CallOptions callOptions, CallListener callListener) {
    return begin(
            callListener,
            false,
            message ->
                message.setAnswerCall(
                    AnswerCall.newBuilder()
                        .setCallId(incoming.id())
                        .setAutoSubscribe(callOptions.autoSubscribe())))
        .thenApply(
            call -> {
              ringing.remove(incoming.id());
              return call;
            });
  }

  CompletableFuture<Void> reject(IncomingCall incoming, RejectCall.Reason reason) {
    return main.session()
        .request(
            message ->
                message.setRejectCall(
                    RejectCall.newBuilder().setCallId(incoming.id()).setReason(reason)))
        .thenAccept(done -> ringing.remove(incoming.id()));
  }

  private CompletableFuture<Call> begin(
      CallListener callListener, boolean placed, Consumer<ClientMessage.Builder> request) {
    return CompletableFuture.supplyAsync(this::freeLine, media.loop()::execute)
        .thenCompose(
            line -> {
              Call call = line.open(callListener, placed);
              return call.begin(
                  line.equals(main)
                      ? CompletableFuture.completedFuture(line)
                      : line.session().open(),
                  request);
            });
  }

  /** The main connection, or a new one while that has a call. */
  private CallLine freeLine() {
    if (closed) {
      throw new IllegalStateException("the agent is closed");
    }
    if (main.call() == null) {
      return main;
    }
    CallLine another = line(false);
    lines.add(another);
    return another;
  }

  private CallLine line(boolean receivesCalls) {
    return new CallLine(media, wires, () -> hello(receivesCalls), new FromLines());
  }

  private Hello hello(boolean receivesCalls) {
    return Hello.newBuilder()
        .setToken(token)
        .setSdkName(SDK_NAME)
        .setSdkVersion(SDK_VERSION)
        .setDisplayName(options.displayName())
        .setResumable(options.resumable())
        .setReceivesCalls(receivesCalls)
        .build();
  }

  private final class FromLines implements CallLine.Listener {
    @Override
    public void message(ServerMessage message) {
      switch (message.getBodyCase()) {
        case INCOMING_CALL -> rings(message.getIncomingCall());
        case INCOMING_CALL_ENDED -> stopsRinging(message.getIncomingCallEnded());
        case NOTICE -> listener.notice(message.getNotice());
        default -> {}
      }
    }

    @Override
    public void free(CallLine line) {
      if (!line.equals(main)) {
        lines.remove(line);
        line.session().close();
      }
    }

    @Override
    public void reconnecting(CallLine line) {
      if (line.equals(main)) {
        listener.reconnecting();
      }
    }

    @Override
    public void reconnected(CallLine line) {
      if (line.equals(main)) {
        listener.reconnected();
      }
    }

    @Override
    public void closed(CallLine line, String reason) {
      if (line.equals(main)) {
        listener.closed(reason);
      }
    }
  }

  private void rings(io.vaxel.signaling.proto.IncomingCall said) {
    if (ringing.size() >= MAX_RINGING) {
      ringing.remove(ringing.keySet().iterator().next());
    }
    IncomingCall incoming = new IncomingCall(this, said);
    ringing.put(said.getCallId(), incoming);
    // When the call is over already, its end is on the way.
    var _ =
        main.session()
            .request(
                message ->
                    message.setIncomingCallShown(
                        IncomingCallShown.newBuilder().setCallId(said.getCallId())));
    listener.incomingCall(incoming);
  }

  private void stopsRinging(IncomingCallEnded said) {
    IncomingCall incoming = ringing.remove(said.getCallId());
    boolean acceptedHere = calls().stream().anyMatch(call -> call.id().equals(said.getCallId()));
    if (incoming != null && !acceptedHere) {
      listener.incomingCallEnded(
          incoming, new CallEndReason(said.getCode(), said.getSubCode(), ""));
    }
  }

  /** Replaces the token before it expires: the same user, again with scope voip or voip.join. */
  public CompletableFuture<Void> renewToken(String newToken) {
    token = newToken;
    return CompletableFuture.allOf(
        lines.stream()
            .map(
                line ->
                    line.session()
                        .request(
                            message ->
                                message.setRenewToken(RenewToken.newBuilder().setToken(newToken))))
            .toArray(CompletableFuture[]::new));
  }

  /** The media that this agent's calls run on. */
  public ClientMedia media() {
    return media;
  }

  static RuntimeException asRuntime(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof RuntimeException runtime ? runtime : new CompletionException(error);
  }

  /** Vanishes without a goodbye, as a device without network does. */
  public void vanish() {
    end(SignalingSession::vanish);
  }

  /** Signs out, which leaves every call. */
  @Override
  public void close() {
    end(SignalingSession::close);
  }

  private void end(Consumer<SignalingSession> ending) {
    media
        .loop()
        .execute(
            () -> {
              closed = true;
              lines.forEach(line -> line.end(ending));
            });
  }
}
