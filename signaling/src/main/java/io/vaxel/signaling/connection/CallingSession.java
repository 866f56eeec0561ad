package io.vaxel.signaling.connection;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vaxel.common.token.TokenRevocations.Revocation;
import io.vaxel.common.token.UserToken;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.call.Device;
import io.vaxel.signaling.call.ParticipantConnection;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.IncomingCallEnded;
import io.vaxel.signaling.proto.Notice;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client after Welcome: its token, its requests, its place among the devices that ring, and, when
 * it is resumable, what its next socket must be told. Without a socket it waits for the next one or
 * ends.
 *
 * <p>It lives on the loop of its first socket for good; sockets of other loops hand their messages
 * over. Public methods, and those that say so, may be called on any thread.
 */
final class CallingSession implements ParticipantConnection, Device {
  private static final Logger log = LoggerFactory.getLogger(CallingSession.class);

  private final EventExecutor loop;
  private final String id;
  private final CallingServices services;
  private final UserToken owner;
  private final @Nullable SessionMemory memory;
  private final boolean receivesCalls;
  private final SessionRequests requests;
  private final TokenWatch token;

  /** Bytes on their way to the loop. */
  private final AtomicLong arriving = new AtomicLong();

  private @Nullable CallingConnection socket;
  private @Nullable Future<?> waiting;
  private boolean ended;

  private CallingSession(
      CallingConnection socket, CallingServices services, Hello hello, UserToken owner) {
    this.loop = socket.loop();
    this.id = socket.id();
    this.services = services;
    this.owner = owner;
    this.memory = hello.getResumable() ? services.sessions().reserve(id) : null;
    this.receivesCalls = hello.getReceivesCalls();
    this.socket = socket;
    this.token = new TokenWatch(loop, services, this::tokenEnded);
    this.requests =
        new SessionRequests(
            loop, services, owner, hello.getDisplayName(), this, this::deliver, token::renew);
  }

  /**
   * Begins on the loop of its first socket.
   *
   * @param mark revocations heard before the token was checked
   * @return null when the user has too many devices that ring
   */
  static @Nullable CallingSession begin(
      CallingConnection socket, CallingServices services, Hello hello, UserToken user, long mark) {
    CallingSession session = new CallingSession(socket, services, hello, user);
    services.sessions().add(session);
    if (session.receivesCalls && !services.calls().devices().add(user.userId(), session)) {
      session.end();
      return null;
    }
    session.token.begin(hello.getToken(), user, mark);
    return session;
  }

  /** What it can be resumed by and with, or null; only the secret may be used on any thread. */
  @Nullable SessionMemory memory() {
    return memory;
  }

  /** Whether a token is of the user whose session this is. Any thread. */
  boolean isOf(UserToken user) {
    return user.userId().equals(owner.userId()) && user.resourceId().equals(owner.resourceId());
  }

  /**
   * Takes a message of the client. On the loop of the socket it came by.
   *
   * @param refusal why it must not be carried out, or null
   */
  void receive(CallingConnection from, ClientMessage message, @Nullable SignalingError refusal) {
    Loops.run(loop, () -> take(from, message, refusal));
  }

  /** The client broke the protocol: it is told, and the session ends. On the socket's loop. */
  void fail(CallingConnection from, long requestId, SignalingError error) {
    Loops.run(
        loop,
        () -> {
          if (from == socket && !ended) {
            refuse(requestId, error);
            end(CallingConnection.statusOf(error), CallingConnection.reasonOf(error));
          }
        });
  }

  /** The socket is gone. On the socket's loop. */
  void lost(CallingConnection from) {
    Loops.run(loop, () -> lostOnLoop(from));
  }

  /** The client closed the socket for good. On the socket's loop. */
  void goodbye(CallingConnection from) {
    Loops.run(
        loop,
        () -> {
          if (from == socket) {
            end();
          }
        });
  }

  /**
   * Goes on with another socket, or tells it that the session is over. On the socket's loop.
   *
   * @param welcome what answers Hello
   */
  void resume(CallingConnection to, Hello hello, UserToken user, long mark, ServerMessage welcome) {
    Loops.run(loop, () -> resumeOnLoop(to, hello, user, mark, welcome));
  }

  /** Tells the client that the server stops, and says goodbye. Any thread. */
  void stop() {
    onLoop(
        () -> {
          if (!ended) {
            endCall(EndReason.SERVER_STOPPING);
            notice(Notice.Kind.SERVER_STOPPING, SignalingError.SERVER_STOPPING.message());
            end(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "server stopping");
          }
        });
  }

  /** Somebody's tokens may be void. Any thread. */
  void heard(Revocation revocation) {
    if (revocation.concerns(owner.resourceId(), owner.userId())) {
      onLoop(token::checkAgain);
    }
  }

  @Override
  public void send(ServerMessage message) {
    int size = message.getSerializedSize();
    if (arriving.addAndGet(size) > services.settings().connections().outputBytes()) {
      log.warn("Session {} ended: its loop does not keep up", id);
      onLoop(() -> end(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "too much to say"));
      return;
    }
    onLoop(
        () -> {
          arriving.addAndGet(-size);
          deliver(message);
        });
  }

  @Override
  public void released(@Nullable ServerMessage farewell) {
    onLoop(
        () -> {
          requests.released();
          if (farewell != null) {
            deliver(farewell);
          }
        });
  }

  @Override
  public void incomingCall(IncomingCall call) {
    send(ServerMessage.newBuilder().setIncomingCall(call).build());
  }

  @Override
  public void incomingCallEnded(IncomingCallEnded end) {
    send(ServerMessage.newBuilder().setIncomingCallEnded(end).build());
  }

  /** Something the user or the developer should know. On the session's loop. */
  void notice(Notice.Kind kind, String message) {
    deliver(ServerMessages.notice(kind, message));
  }

  private void take(
      CallingConnection from, ClientMessage message, @Nullable SignalingError refusal) {
    if (ended || from != socket) {
      // The client sends it again by the socket that took this one's place.
      return;
    }
    long requestId = message.getRequestId();
    if (requestId == 0) {
      refuse(0, SignalingError.INVALID_REQUEST_ID);
      return;
    }
    SignalingError wrong = refusal;
    if (memory != null) {
      boolean acknowledges = memory.sent().acknowledge(message.getAcknowledged());
      // A Ping does nothing that could be done twice, and is what idle clients say all day.
      if (!message.hasPing() && !isNew(memory.requests(), requestId)) {
        return;
      }
      if (!acknowledges) {
        wrong = SignalingError.INVALID_ACKNOWLEDGEMENT;
      }
    }
    if (wrong == null) {
      requests.handle(message);
    } else {
      refuse(requestId, wrong);
    }
  }

  /** Whether to carry a request out; if not, it is answered or will be. */
  private boolean isNew(RequestBook book, long requestId) {
    switch (book.find(requestId)) {
      case NEW -> {
        book.open(requestId);
        return true;
      }
      case OPEN -> {}
      case ANSWERED -> {
        ServerMessage answer = book.answer(requestId);
        if (answer != null) {
          deliver(answer);
        }
      }
      case FORGOTTEN -> refuse(requestId, SignalingError.REQUEST_FORGOTTEN);
    }
    return false;
  }

  private void lostOnLoop(CallingConnection from) {
    if (ended || from != socket) {
      return;
    }
    socket = null;
    if (memory == null) {
      end();
      return;
    }
    services.sessions().waits();
    waiting =
        loop.schedule(
            () -> end(), services.calls().timeouts().reconnect().toMillis(), TimeUnit.MILLISECONDS);
    requests.signalingLost();
  }

  private void resumeOnLoop(
      CallingConnection to, Hello hello, UserToken user, long mark, ServerMessage welcome) {
    if (ended || memory == null || !memory.sent().reachesBackTo(hello.getLastSequence())) {
      end(WebSocketCloseStatus.POLICY_VIOLATION, "not to be resumed");
      to.refuseHello(SignalingError.SESSION_OVER);
      return;
    }
    memory.sent().acknowledge(hello.getLastSequence());
    CallingConnection before = socket;
    boolean hadWaited = waiting != null;
    cancelWaiting();
    socket = to;
    if (before != null) {
      before.close(WebSocketCloseStatus.POLICY_VIOLATION, "resumed elsewhere");
    }
    services.sessions().resumed(hadWaited);
    requests.user(user);
    token.begin(hello.getToken(), user, mark);
    to.attach(this);
    to.outbox().send(welcome);
    memory.sent().replay(to.outbox()::send);
    if (hadWaited) {
      requests.signalingBack();
    }
  }

  private void tokenEnded(EndReason reason, SignalingError error) {
    endCall(reason);
    refuse(0, error);
    end(CallingConnection.statusOf(error), CallingConnection.reasonOf(error));
  }

  private void endCall(EndReason reason) {
    if (requests.isInCall()) {
      deliver(ServerMessages.callEnded(reason));
    }
  }

  private void refuse(long requestId, SignalingError error) {
    deliver(ServerMessages.error(requestId, error, error.message()));
  }

  private void deliver(ServerMessage message) {
    if (ended) {
      return;
    }
    if (memory == null) {
      if (socket != null) {
        socket.outbox().send(message);
      }
      return;
    }
    memory.requests().answered(message.getInReplyTo(), message);
    byte[] numbered = memory.sent().append(message);
    if (socket != null) {
      socket.outbox().send(numbered);
    }
  }

  /** Closes the socket after everything that was said, and ends. */
  private void end(WebSocketCloseStatus status, String reason) {
    CallingConnection closing = socket;
    end();
    if (closing != null) {
      closing.close(status, reason);
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (waiting != null) {
      services.sessions().over();
      cancelWaiting();
    }
    socket = null;
    token.stop();
    if (receivesCalls) {
      services.calls().devices().remove(owner.userId(), this);
    }
    services.sessions().remove(this);
    if (memory != null) {
      memory.clear();
    }
    requests.close();
  }

  private void cancelWaiting() {
    if (waiting != null) {
      waiting.cancel(false);
      waiting = null;
    }
  }

  private void onLoop(Runnable task) {
    Loops.execute(loop, task);
  }
}
