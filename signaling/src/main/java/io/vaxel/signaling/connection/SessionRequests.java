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
import io.vaxel.signaling.call.RoomCalls;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Pong;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the requests of one session one after the other, wherever each of them runs, and
 * holds its seat in a call. Used on the session's loop.
 */
final class SessionRequests {
  private static final Logger log = LoggerFactory.getLogger(SessionRequests.class);

  private final EventExecutor loop;
  private final Calls calls;
  private final RoomCalls rooms;
  private final TokenCheck checks;
  private final int limit;
  private final String displayName;
  private final CallingSession session;
  private final Consumer<ServerMessage> answers;
  private final BiConsumer<String, UserToken> onRenewed;
  private final Queue<ClientMessage> waiting = new ArrayDeque<>();

  private UserToken user;

  /** How many tokens there were; one that was checked while another came is of no use. */
  private int tokens;

  private @Nullable CallSeat seat;
  private boolean signalingLost;
  private boolean busy;
  private boolean closed;

  /**
   * @param session what a call sees: the participant's connection, and a device that rings
   * @param answers takes what is said here, on the session's loop
   * @param onRenewed hears of a new token of the same user
   */
  SessionRequests(
      EventExecutor loop,
      CallingServices services,
      UserToken user,
      String displayName,
      CallingSession session,
      Consumer<ServerMessage> answers,
      BiConsumer<String, UserToken> onRenewed) {
    this.loop = loop;
    this.calls = services.calls();
    this.rooms = services.rooms();
    this.checks = services.tokens();
    this.limit = services.settings().connections().waiting();
    this.user = user;
    this.displayName = displayName;
    this.session = session;
    this.answers = answers;
    this.onRenewed = onRenewed;
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

  /** Whether the session takes part in a call, as far as it knows. */
  boolean isInCall() {
    return seat != null;
  }

  /** The session takes part in its call no longer. */
  void released() {
    seat = null;
  }

  /** The session goes on with another token of the same user. */
  void user(UserToken newer) {
    user = newer;
    tokens++;
  }

  /** The socket is lost, and the session waits for another. */
  void signalingLost() {
    signalingLost = true;
    tellSeat(CallSeat::signalingLost);
  }

  /** There is a socket again. */
  void signalingBack() {
    signalingLost = false;
    tellSeat(CallSeat::signalingBack);
  }

  /** The session is over: leaves the call. Idempotent. */
  void close() {
    closed = true;
    waiting.clear();
    tellSeat(CallSeat::lost);
    seat = null;
  }

  private void tellSeat(Consumer<CallSeat> news) {
    if (seat != null) {
      try {
        news.accept(seat);
      } catch (RejectedExecutionException e) {
        log.debug("The call's loop has stopped, and the call with it");
      }
    }
  }

  private void carryOut(ClientMessage message) {
    switch (message.getBodyCase()) {
      case PING ->
          answers.accept(
              ServerMessage.newBuilder()
                  .setInReplyTo(message.getRequestId())
                  .setPong(Pong.getDefaultInstance())
                  .build());
      case HELLO -> refuse(message, SignalingError.ALREADY_GREETED);
      case RENEW_TOKEN -> renew(message);
      case JOIN -> join(message);
      case PLACE_CALL -> place(message);
      case ANSWER_CALL -> answer(message);
      case REJECT_CALL -> reject(message);
      case INCOMING_CALL_SHOWN -> shown(message);
      case BODY_NOT_SET -> refuse(message, SignalingError.UNKNOWN_MESSAGE);
      default -> inCall(message);
    }
  }

  private void renew(ClientMessage message) {
    busy = true;
    int asked = tokens;
    checks.check(
        message.getRenewToken().getToken(),
        verdict -> onLoop(() -> renewed(message, asked, verdict)));
  }

  private void renewed(ClientMessage message, int asked, TokenCheck.Verdict verdict) {
    if (closed) {
      return;
    }
    switch (verdict) {
      case TokenCheck.Accepted(UserToken token)
          when token.userId().equals(user.userId())
              && token.resourceId().equals(user.resourceId()) -> {
        if (asked == tokens) {
          user(token);
          onRenewed.accept(message.getRenewToken().getToken(), token);
        }
        answers.accept(ServerMessages.done(message.getRequestId()));
      }
      case TokenCheck.Refused(SignalingError error) when error.code() >= 500 ->
          refuse(message, error);
      default -> refuse(message, SignalingError.RENEWAL_REFUSED);
    }
    next();
  }

  private void join(ClientMessage message) {
    if (!message.getJoin().hasRoomId()) {
      sit(
          message,
          caller ->
              calls.join(message.getRequestId(), message.getJoin(), caller, session, this::done));
    } else if (seat != null) {
      refuse(message, SignalingError.ALREADY_IN_CALL);
    } else {
      busy = true;
      rooms.check(
          caller(),
          message.getJoin().getRoomId(),
          verdict -> onLoop(() -> checked(message, verdict)));
    }
  }

  private void checked(ClientMessage message, RoomCalls.Verdict verdict) {
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
            caller ->
                rooms.join(
                    admitted,
                    message.getRequestId(),
                    message.getJoin(),
                    caller,
                    session,
                    this::done));
        if (!busy) {
          next();
        }
      }
    }
  }

  private void place(ClientMessage message) {
    sit(
        message,
        caller ->
            calls.place(
                message.getRequestId(), message.getPlaceCall(), caller, session, this::done));
  }

  private void answer(ClientMessage message) {
    sit(
        message,
        caller ->
            calls.answer(
                message.getRequestId(), message.getAnswerCall(), caller, session, this::done));
  }

  private void reject(ClientMessage message) {
    attempt(
        message,
        caller ->
            calls.reject(
                message.getRequestId(),
                message.getRejectCall(),
                caller,
                session,
                session,
                this::done));
  }

  private void shown(ClientMessage message) {
    attempt(
        message,
        caller ->
            calls.shown(
                message.getRequestId(),
                message.getIncomingCallShown(),
                caller,
                session,
                this::done));
  }

  private CallUser caller() {
    return new CallUser(
        user.resourceId(), user.userId(), displayName, user.scopes().contains(TokenScope.VOIP));
  }

  /** Takes a seat; when that is refused, the request is answered and the session not busy. */
  private void sit(ClientMessage message, Seating seating) {
    if (seat != null) {
      refuse(message, SignalingError.ALREADY_IN_CALL);
      return;
    }
    attempt(
        message,
        caller -> {
          seat = seating.take(caller);
          if (signalingLost) {
            tellSeat(CallSeat::signalingLost);
          }
        });
  }

  /** Hands a request to a call, which says when it is done. */
  private void attempt(ClientMessage message, Attempt attempt) {
    busy = true;
    try {
      attempt.run(caller());
    } catch (RequestRefusedException e) {
      busy = false;
      answers.accept(ServerMessages.error(message.getRequestId(), e));
    } catch (RejectedExecutionException e) {
      busy = false;
      refuse(message, SignalingError.SERVER_STOPPING);
    } catch (RuntimeException e) {
      busy = false;
      log.error("A request could not be carried out", e);
      refuse(message, SignalingError.INTERNAL);
    }
  }

  @FunctionalInterface
  private interface Seating {
    CallSeat take(CallUser caller) throws RequestRefusedException;
  }

  @FunctionalInterface
  private interface Attempt {
    void run(CallUser caller) throws RequestRefusedException;
  }

  private void inCall(ClientMessage message) {
    if (seat == null) {
      refuse(message, SignalingError.NOT_IN_CALL);
      return;
    }
    CallSeat taken = seat;
    attempt(message, _ -> taken.handle(message, this::done));
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
    answers.accept(ServerMessages.error(message.getRequestId(), error, error.message()));
  }

  private void onLoop(Runnable task) {
    Loops.execute(loop, task);
  }
}
