package io.vaxel.benchmarks.load;

import io.vaxel.client.Call;
import io.vaxel.client.CallAgent;
import io.vaxel.client.CallAgentOptions;
import io.vaxel.client.CallClient;
import io.vaxel.client.CallEndReason;
import io.vaxel.client.CallListener;
import io.vaxel.client.CallOptions;
import io.vaxel.client.ClientMedia;
import io.vaxel.client.IncomingCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two users who call one another without media, one call at a time: one places, the other answers
 * at once. Lives on the media loop.
 */
final class CallPair implements AutoCloseable {
  /** The server gives a 1:1 call 85 s; a load that needs a fraction of it has failed. */
  private static final long LIMIT_SECONDS = 20;

  private final ClientMedia media;
  private @Nullable CallAgent caller;
  private @Nullable CallAgent callee;
  private @Nullable Call placed;
  private CompletableFuture<Void> answered = new CompletableFuture<>();
  private CompletableFuture<Void> connected = new CompletableFuture<>();
  private CompletableFuture<Void> calleeEnded = new CompletableFuture<>();
  private boolean hangingUp;
  private @Nullable String lostBecause;

  private CallPair(ClientMedia media) {
    this.media = media;
  }

  /** Signs both in. */
  static CompletableFuture<CallPair> signIn(
      ClientMedia media, CallClient client, String callerToken, String calleeToken) {
    CallPair pair = new CallPair(media);
    return client
        .createCallAgent(callerToken, CallAgentOptions.of("caller"), pair.new Agents())
        .thenCompose(
            agent -> {
              pair.caller = agent;
              return client.createCallAgent(
                  calleeToken, CallAgentOptions.of("callee"), pair.new Answering());
            })
        .thenApply(
            agent -> {
              pair.callee = agent;
              return pair;
            })
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Places a call; completes when both are connected. Any thread. */
  CompletableFuture<Void> setUp() {
    return CompletableFuture.completedFuture(this)
        .thenComposeAsync(CallPair::place, media.loop()::execute)
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> place() {
    CallAgent placing = caller;
    CallAgent called = callee;
    if (placing == null || called == null) {
      throw new IllegalStateException("not signed in");
    }
    answered = new CompletableFuture<>();
    connected = new CompletableFuture<>();
    calleeEnded = new CompletableFuture<>();
    hangingUp = false;
    return placing
        .startCall(List.of(called.userId()), CallOptions.RECEIVE_NOTHING, new Placed())
        .thenCompose(
            call -> {
              placed = call;
              return CompletableFuture.allOf(answered, connected);
            });
  }

  /** Hangs up; completes when both know. Any thread. */
  CompletableFuture<Void> hangUp() {
    return CompletableFuture.completedFuture(this)
        .thenComposeAsync(CallPair::end, media.loop()::execute)
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> end() {
    Call call = placed;
    placed = null;
    hangingUp = true;
    return call == null
        ? CompletableFuture.failedFuture(new IllegalStateException("no call"))
        : call.hangUp().thenCompose(left -> calleeEnded);
  }

  /** Why the call, or a connection, ended before its time; null when neither did. */
  @Nullable String lostBecause() {
    return lostBecause;
  }

  private void lost(String reason) {
    lostBecause = reason;
    IllegalStateException why = new IllegalStateException(reason);
    answered.completeExceptionally(why);
    connected.completeExceptionally(why);
    calleeEnded.completeExceptionally(why);
  }

  private class Agents implements CallAgent.Listener {
    @Override
    public void closed(String reason) {
      lost("signed out: " + reason);
    }
  }

  private final class Answering extends Agents {
    @Override
    public void incomingCall(IncomingCall call) {
      var _ =
          call.accept(CallOptions.RECEIVE_NOTHING, new Answered())
              .whenComplete(
                  (accepted, error) -> {
                    if (error == null) {
                      answered.complete(null);
                    } else {
                      answered.completeExceptionally(error);
                    }
                  });
    }
  }

  private final class Placed implements CallListener {
    @Override
    public void stateChanged(Call call, Call.State state) {
      if (state == Call.State.CONNECTED) {
        connected.complete(null);
      }
    }

    @Override
    public void ended(Call call, CallEndReason reason) {
      if (!hangingUp) {
        lost("the call ended: " + reason);
      }
    }
  }

  private final class Answered implements CallListener {
    @Override
    public void ended(Call call, CallEndReason reason) {
      if (hangingUp) {
        calleeEnded.complete(null);
      } else {
        lost("the call ended: " + reason);
      }
    }
  }

  @Override
  public void close() {
    hangingUp = true;
    if (caller != null) {
      caller.close();
    }
    if (callee != null) {
      callee.close();
    }
  }
}
