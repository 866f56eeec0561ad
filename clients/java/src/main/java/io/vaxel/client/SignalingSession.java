package io.vaxel.client;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Ping;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.Welcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A signed-in connection: requests with their answers, and what the server says by itself. When it
 * is resumable it outlives its socket: it connects again by itself, and no message is lost or taken
 * twice. {@link #request}, {@link #close} and {@link #vanish} may be called from any thread;
 * everything is told on the loop.
 */
final class SignalingSession {
  /** What happens, told on the loop. */
  interface Listener {
    /** What the server says by itself. */
    void message(ServerMessage message);

    /** The socket is lost, and another one is being opened. */
    void reconnecting();

    /** The session goes on. */
    void reconnected();

    /** The session is over and was not closed by its owner; nothing follows. */
    void closed(String reason);
  }

  private static final long FIRST_BACK_OFF_MILLIS = 250;
  private static final long MAX_BACK_OFF_MILLIS = 5_000;
  private static final long ATTEMPT_MILLIS = 10_000;
  private static final int SILENT_PINGS = 3;

  private final EventExecutor loop;
  private final Wire.Factory wires;
  private final Supplier<Hello> greeting;
  private final Listener listener;
  private final CompletableFuture<Welcome> opened = new CompletableFuture<>();
  private final PendingRequests pending = new PendingRequests();

  private @Nullable Attempt attempt;
  private @Nullable ScheduledFuture<?> pingTimer;
  private @Nullable ScheduledFuture<?> giveUpTimer;
  private @Nullable Welcome welcome;
  private long lastRequest;
  private long lastSequence;
  private long backOffMillis;
  private int unansweredPings;
  private boolean ready;
  private boolean closed;

  /**
   * @param loop runs one task at a time, and timers
   * @param greeting what to say on a new socket; the session adds what resumes it
   */
  SignalingSession(
      EventExecutor loop, Wire.Factory wires, Supplier<Hello> greeting, Listener listener) {
    this.loop = loop;
    this.wires = wires;
    this.greeting = greeting;
    this.listener = listener;
  }

  /** Connects and signs in; fails with {@link CallException} when the server refuses. Call once. */
  CompletableFuture<Welcome> open() {
    onLoop(this::connect);
    return opened;
  }

  /** Sends a request; its answer, or a {@link CallException} when the server refuses it. */
  CompletableFuture<ServerMessage> request(Consumer<ClientMessage.Builder> body) {
    ClientMessage.Builder message = ClientMessage.newBuilder();
    body.accept(message);
    CompletableFuture<ServerMessage> answer = new CompletableFuture<>();
    onLoop(() -> request(message, answer));
    return answer;
  }

  private void request(ClientMessage.Builder message, CompletableFuture<ServerMessage> answer) {
    if (closed) {
      answer.completeExceptionally(new IllegalStateException("the session is closed"));
    } else if (pending.add(message.setRequestId(++lastRequest), answer) && ready) {
      send(message);
    }
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  private void send(ClientMessage.Builder message) {
    Attempt current = attempt;
    if (current != null && current.wire != null) {
      current.wire.send(message.setAcknowledged(lastSequence).build());
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    Attempt starting = new Attempt();
    attempt = starting;
    starting.timeout = loop.schedule(starting::timedOut, ATTEMPT_MILLIS, TimeUnit.MILLISECONDS);
    var _ =
        wires
            .open(starting)
            .whenComplete(
                (wire, error) -> onLoop(() -> starting.opened(wire, String.valueOf(error))));
  }

  /** One socket, from the attempt to open it until its end. */
  private final class Attempt implements Wire.Listener {
    @Nullable Wire wire;
    @Nullable ScheduledFuture<?> timeout;
    private long helloId;

    private boolean isStale() {
      return closed || !this.equals(attempt);
    }

    void opened(@Nullable Wire open, String error) {
      if (open == null) {
        closed("cannot connect: " + error);
      } else if (isStale()) {
        open.abort();
      } else {
        wire = open;
        Hello.Builder hello = greeting.get().toBuilder();
        Welcome before = welcome;
        if (before != null) {
          hello.setResumeToken(before.getResumeToken()).setLastSequence(lastSequence);
        }
        helloId = ++lastRequest;
        send(ClientMessage.newBuilder().setRequestId(helloId).setHello(hello));
      }
    }

    void timedOut() {
      if (!isStale()) {
        abort();
        closed("the server did not answer in time");
      }
    }

    void abort() {
      if (wire != null) {
        wire.abort();
      }
    }

    @Override
    public void received(ServerMessage message) {
      if (isStale()) {
        return;
      }
      unansweredPings = 0;
      if (message.getInReplyTo() == helloId) {
        greeted(message);
        return;
      }
      if (message.getSequence() > 0) {
        if (message.getSequence() <= lastSequence) {
          return; // taken in before the socket was lost
        }
        lastSequence = message.getSequence();
      }
      if (message.getInReplyTo() == 0) {
        listener.message(message);
      } else {
        pending.answered(message);
      }
    }

    private void greeted(ServerMessage message) {
      stop(timeout);
      if (message.hasWelcome()) {
        welcomed(message.getWelcome());
      } else if (welcome != null && message.getError().getCode() >= 500) {
        abort();
        closed(message.getError().getMessage()); // not now: later perhaps
      } else {
        over(PendingRequests.refusal(message.getError()), message.getError().getMessage());
      }
    }

    @Override
    public void closed(String reason) {
      if (!isStale()) {
        stop(timeout);
        attempt = null;
        lost(reason);
      }
    }
  }

  private void welcomed(Welcome said) {
    boolean again = welcome != null;
    if (again && !said.getResumed()) {
      over(new IllegalStateException("the session was not resumed"), "the session was not resumed");
      return;
    }
    // What names the session may be said once only.
    welcome = again && said.getResumeToken().isEmpty() ? welcome : said;
    stop(giveUpTimer);
    giveUpTimer = null;
    backOffMillis = 0;
    ready = true;
    pending.sendAgain(this::send);
    schedulePing(said.getPingIntervalMs());
    if (again) {
      listener.reconnected();
    } else {
      opened.complete(said);
    }
  }

  private void schedulePing(int intervalMillis) {
    stop(pingTimer);
    if (intervalMillis > 0) {
      pingTimer = loop.schedule(() -> ping(intervalMillis), intervalMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void ping(int intervalMillis) {
    Attempt current = attempt;
    if (closed || !ready || current == null) {
      return;
    }
    if (++unansweredPings > SILENT_PINGS) {
      current.abort();
      current.closed("the server is silent");
      return;
    }
    // Its Pong only proves that the server is there, so it waits for none.
    send(ClientMessage.newBuilder().setRequestId(++lastRequest).setPing(Ping.getDefaultInstance()));
    schedulePing(intervalMillis);
  }

  private void lost(String reason) {
    Welcome before = welcome;
    if (before == null || before.getResumeToken().isEmpty()) {
      over(new IllegalStateException("the socket closed: " + reason), reason);
      return;
    }
    if (ready) {
      ready = false;
      unansweredPings = 0;
      giveUpTimer =
          loop.schedule(
              () -> over(new IllegalStateException("the server is out of reach"), reason),
              before.getTimeouts().getReconnectMs(),
              TimeUnit.MILLISECONDS);
      listener.reconnecting();
    }
    if (!closed) {
      var _ = loop.schedule(this::connect, backOffMillis, TimeUnit.MILLISECONDS);
      backOffMillis =
          Math.min(Math.max(FIRST_BACK_OFF_MILLIS, 2 * backOffMillis), MAX_BACK_OFF_MILLIS);
    }
  }

  private void over(RuntimeException why, String reason) {
    if (!closed) {
      end(why);
      boolean told = opened.completeExceptionally(why);
      if (!told) {
        listener.closed(reason);
      }
    }
  }

  private void end(RuntimeException why) {
    closed = true;
    ready = false;
    stop(pingTimer);
    stop(giveUpTimer);
    Attempt last = attempt;
    if (last != null) {
      stop(last.timeout);
      last.abort();
    }
    pending.fail(why);
  }

  private static void stop(@Nullable ScheduledFuture<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Ends the session with a goodbye: the server takes it as leaving. Idempotent. */
  void close() {
    onLoop(() -> finish(Wire::close));
  }

  /** Ends without a goodbye, as a device without network does. Idempotent. */
  void vanish() {
    onLoop(() -> finish(Wire::abort));
  }

  private void finish(Consumer<Wire> ending) {
    if (closed) {
      return;
    }
    Attempt last = attempt;
    attempt = null;
    end(new IllegalStateException("the session was closed"));
    opened.completeExceptionally(new IllegalStateException("the session was closed"));
    if (last != null) {
      stop(last.timeout);
      if (last.wire != null) {
        ending.accept(last.wire);
      }
    }
  }
}
