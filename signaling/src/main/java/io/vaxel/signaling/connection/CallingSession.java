package io.vaxel.signaling.connection;

import io.netty.util.concurrent.EventExecutor;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserToken;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.call.CallSeat;
import io.vaxel.signaling.call.CallUser;
import io.vaxel.signaling.call.Calls;
import io.vaxel.signaling.call.Device;
import io.vaxel.signaling.call.ParticipantConnection;
import io.vaxel.signaling.call.RoomCalls;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.IncomingCallEnded;
import io.vaxel.signaling.proto.Pong;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection after Welcome: carries out its requests one after the other, wherever each of them
 * runs. Used on the connection's loop; the port to the call is called on the call's loop.
 */
final class CallingSession implements ParticipantConnection, Device {
  private static final Logger log = LoggerFactory.getLogger(CallingSession.class);

  private final EventExecutor loop;
  private final Outbox outbox;
  private final Calls calls;
  private final RoomCalls rooms;
  private final TokenCheck tokens;
  private final int limit;
  private final String displayName;
  private final BiConsumer<String, UserToken> onRenewed;
  private final Queue<ClientMessage> waiting = new ArrayDeque<>();

  private UserToken user;
  private @Nullable CallSeat seat;
  private boolean busy;
  private boolean closed;

  /**
   * @param loop the connection's loop
   * @param limit requests that may wait for the one before them
   * @param onRenewed hears of a new token of the same user
   */
  CallingSession(
      EventExecutor loop,
      Outbox outbox,
      Calls calls,
      RoomCalls rooms,
      TokenCheck tokens,
      int limit,
      UserToken user,
      String displayName,
      BiConsumer<String, UserToken> onRenewed) {
    this.loop = loop;
    this.outbox = outbox;
    this.calls = calls;
    this.rooms = rooms;
    this.tokens = tokens;
    this.limit = limit;
    this.user = user;
    this.displayName = displayName;
    this.onRenewed = onRenewed;
  }

  /** Rings for calls to its user from now on; false when the user has too many devices. */
  boolean receiveCalls() {
    return calls.devices().add(user.userId(), this);
  }

  /** Carries out a request when those before it are answered. */
  void handle(ClientMessage message) {
    if (!busy) {
      carryOut(message);
    } else if (waiting.size() < limit) {
      waiting.add(message);
    } else {
      refuse(message, SignalingError.TOO_MANY_WAITING);
    }
  }

  /** Whether the connection takes part in a call, as far as it knows. */
  boolean isInCall() {
    return seat != null;
  }

  /** The connection is lost or being closed: leaves the call. Idempotent. */
  void close() {
    closed = true;
    calls.devices().remove(user.userId(), this);
    waiting.clear();
    if (seat != null) {
      CallSeat leaving = seat;
      seat = null;
      try {
        leaving.lost();
      } catch (RejectedExecutionException e) {
        // The call's loop has stopped, and the call with it.
        outbox.abandon();
      }
    }
  }

  @Override
  public void send(ServerMessage message) {
    outbox.send(message);
  }

  @Override
  public void released() {
    onLoop(() -> seat = null);
  }

  private void carryOut(ClientMessage message) {
    switch (message.getBodyCase()) {
      case PING ->
          outbox.send(
              ServerMessage.newBuilder()
                  .setInReplyTo(message.getRequestId())
                  .setPong(Pong.getDefaultInstance())
                  .build());
      case HELLO -> refuse(message, SignalingError.ALREADY_GREETED);
      case RENEW_TOKEN -> renew(message);
      case JOIN -> join(message);
      case BODY_NOT_SET -> refuse(message, SignalingError.UNKNOWN_MESSAGE);
      case PLACE_CALL ->
          seated(
              message,
              caller ->
                  calls.place(
                      message.getRequestId(), message.getPlaceCall(), caller, this, this::done));
      case ANSWER_CALL ->
          seated(
              message,
              caller ->
                  calls.answer(
                      message.getRequestId(), message.getAnswerCall(), caller, this, this::done));
      case REJECT_CALL ->
          unseated(
              message,
              caller ->
                  calls.reject(
                      message.getRequestId(),
                      message.getRejectCall(),
                      caller,
                      this,
                      this,
                      this::done));
      case INCOMING_CALL_SHOWN ->
          unseated(
              message,
              caller ->
                  calls.shown(
                      message.getRequestId(),
                      message.getIncomingCallShown(),
                      caller,
                      this,
                      this::done));
      default -> inCall(message);
    }
  }

  private void renew(ClientMessage message) {
    busy = true;
    tokens.check(
        message.getRenewToken().getToken(), verdict -> onLoop(() -> renewed(message, verdict)));
  }

  private void renewed(ClientMessage message, TokenCheck.Verdict verdict) {
    switch (verdict) {
      case TokenCheck.Accepted(UserToken token)
          when token.userId().equals(user.userId())
              && token.resourceId().equals(user.resourceId()) -> {
        user = token;
        onRenewed.accept(message.getRenewToken().getToken(), token);
        outbox.send(ServerMessages.done(message.getRequestId()));
      }
      case TokenCheck.Refused(SignalingError error) when error.code() >= 500 ->
          refuse(message, error);
      default -> refuse(message, SignalingError.RENEWAL_REFUSED);
    }
    next();
  }

  /** Somebody calls; rings here. Any thread. */
  @Override
  public void incomingCall(IncomingCall call) {
    outbox.send(ServerMessage.newBuilder().setIncomingCall(call).build());
  }

  @Override
  public void incomingCallEnded(IncomingCallEnded end) {
    outbox.send(ServerMessage.newBuilder().setIncomingCallEnded(end).build());
  }

  private CallUser caller() {
    return new CallUser(
        user.resourceId(), user.userId(), displayName, user.scopes().contains(TokenScope.VOIP));
  }

  private void seated(ClientMessage message, CallerSeating seating) {
    if (seat != null) {
      refuse(message, SignalingError.ALREADY_IN_CALL);
      return;
    }
    busy = true;
    CallUser caller = caller();
    sit(message, () -> seating.take(caller));
  }

  private void unseated(ClientMessage message, CallerTask task) {
    busy = true;
    try {
      task.run(caller());
    } catch (RequestRefusedException e) {
      busy = false;
      outbox.send(ServerMessages.error(message.getRequestId(), e));
    }
  }

  @FunctionalInterface
  private interface CallerSeating {
    CallSeat take(CallUser caller) throws RequestRefusedException;
  }

  @FunctionalInterface
  private interface CallerTask {
    void run(CallUser caller) throws RequestRefusedException;
  }

  private void join(ClientMessage message) {
    if (seat != null) {
      refuse(message, SignalingError.ALREADY_IN_CALL);
      return;
    }
    CallUser caller = caller();
    busy = true;
    if (message.getJoin().hasRoomId()) {
      rooms.check(
          caller,
          message.getJoin().getRoomId(),
          verdict -> onLoop(() -> checked(message, caller, verdict)));
    } else {
      sit(
          message,
          () -> calls.join(message.getRequestId(), message.getJoin(), caller, this, this::done));
    }
  }

  private void checked(ClientMessage message, CallUser caller, RoomCalls.Verdict verdict) {
    if (closed) {
      return;
    }
    switch (verdict) {
      case RoomCalls.Refused(SignalingError error) -> {
        refuse(message, error);
        next();
      }
      case RoomCalls.Admitted admitted -> {
        sit(
            message,
            () ->
                rooms.join(
                    admitted, message.getRequestId(), message.getJoin(), caller, this, this::done));
        if (!busy) {
          next();
        }
      }
    }
  }

  /** Takes a seat; when that is refused, the request is answered and the session not busy. */
  private void sit(ClientMessage message, Seating seating) {
    try {
      seat = seating.take();
    } catch (RequestRefusedException e) {
      busy = false;
      outbox.send(ServerMessages.error(message.getRequestId(), e));
    } catch (RuntimeException e) {
      busy = false;
      log.error("A call could not be joined", e);
      refuse(message, SignalingError.INTERNAL);
    }
  }

  @FunctionalInterface
  private interface Seating {
    CallSeat take() throws RequestRefusedException;
  }

  private void inCall(ClientMessage message) {
    if (seat == null) {
      refuse(message, SignalingError.NOT_IN_CALL);
      return;
    }
    busy = true;
    seat.handle(message, this::done);
  }

  /** On the call's loop, after it called everything else for this request. */
  private void done() {
    onLoop(this::next);
  }

  private void next() {
    busy = false;
    while (!busy && !closed) {
      ClientMessage message = waiting.poll();
      if (message == null) {
        return;
      }
      carryOut(message);
    }
  }

  private void refuse(ClientMessage message, SignalingError error) {
    outbox.send(ServerMessages.error(message.getRequestId(), error, error.message()));
  }

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // The connection's loop has stopped, and the connection with it.
      outbox.abandon();
    }
  }
}
