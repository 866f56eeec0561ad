package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one connection in one call: carries its requests to the call's loop, in order.
 * Public methods: any thread.
 */
public final class CallSeat {
  private static final Logger log = LoggerFactory.getLogger(CallSeat.class);

  private final Call call;
  private final ParticipantConnection connection;
  private final Runnable onRelease;

  // On the call's loop:
  private @Nullable CallParticipant participant;
  private boolean released;

  /**
   * @param onRelease gives the place back to the registry; runs once, on the call's loop
   */
  CallSeat(Call call, ParticipantConnection connection, Runnable onRelease) {
    this.call = call;
    this.connection = connection;
    this.onRelease = onRelease;
  }

  /**
   * Carries out one request, answers it on the connection, then runs {@code done}.
   *
   * @throws java.util.concurrent.RejectedExecutionException when the call's loop has stopped
   */
  public void handle(ClientMessage message, Runnable done) {
    call.loop()
        .execute(
            () -> {
              answering(message.getRequestId(), () -> handleOnLoop(message));
              done.run();
            });
  }

  /** The connection is lost for good: the participant leaves without a word. */
  public void lost() {
    call.loop().execute(() -> answering(0, this::leave));
  }

  /** The connection's socket is lost and may come back: media goes on, and the call waits. */
  public void signalingLost() {
    onParticipant(call::signalingLost);
  }

  /** The connection has a socket again. */
  public void signalingBack() {
    onParticipant(call::signalingBack);
  }

  private void onParticipant(Consumer<CallParticipant> task) {
    call.loop()
        .execute(
            () ->
                answering(
                    0,
                    () -> {
                      if (participant != null && !released) {
                        task.accept(participant);
                      }
                    }));
  }

  /** Takes the place; without success it is given back. Then {@code done} runs. */
  void enter(long requestId, Entrance entrance, Runnable done) {
    call.loop()
        .execute(
            () -> {
              answering(requestId, () -> participant = entrance.enter(call, new SeatConnection()));
              if (participant == null) {
                release(null);
              }
              done.run();
            });
  }

  /** How a participant comes into the call. */
  @FunctionalInterface
  interface Entrance {
    CallParticipant enter(Call call, ParticipantConnection connection)
        throws RequestRefusedException;
  }

  private final class SeatConnection implements ParticipantConnection {
    @Override
    public void send(ServerMessage message) {
      connection.send(message);
    }

    @Override
    public void released(@Nullable ServerMessage farewell) {
      release(farewell);
    }
  }

  private void handleOnLoop(ClientMessage message) throws RequestRefusedException {
    if (participant == null || released) {
      throw new RequestRefusedException(SignalingError.NOT_IN_CALL);
    }
    call.handle(participant, message);
  }

  private void leave() {
    if (participant != null) {
      call.remove(participant, EndReason.CONNECTION_LOST);
    }
  }

  private void release(@Nullable ServerMessage farewell) {
    if (!released) {
      released = true;
      connection.released(farewell);
      onRelease.run();
    }
  }

  private void answering(long requestId, Request request) {
    try {
      request.run();
    } catch (RequestRefusedException e) {
      connection.send(ServerMessages.error(requestId, e));
    } catch (RuntimeException e) {
      log.error("Request in a call failed; its participant is taken out", e);
      connection.send(
          ServerMessages.error(
              requestId, SignalingError.INTERNAL, SignalingError.INTERNAL.message()));
      if (participant != null) {
        call.dismiss(participant, EndReason.INTERNAL);
      } else {
        connection.send(ServerMessages.callEnded(EndReason.INTERNAL));
      }
    }
  }

  @FunctionalInterface
  private interface Request {
    void run() throws RequestRefusedException;
  }
}
