package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.call.CallRegistry.GroupKey;
import io.vaxel.signaling.call.CallRegistry.PlacedKey;
import io.vaxel.signaling.call.CallRegistry.RoomKey;
import io.vaxel.signaling.proto.AnswerCall;
import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.IncomingCallShown;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.room.RoomRole;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of this server, by id and by what they are joined by. A call begins with the first seat
 * that is taken in it and is gone with the last. Safe for any thread.
 */
public final class Calls {
  private static final Logger log = LoggerFactory.getLogger(Calls.class);
  private static final Pattern GROUP_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final CallEnvironment environment;
  private final Transfers transfers = new Transfers();
  private final CallRegistry registry;

  public Calls(CallEnvironment environment) {
    this.environment = environment;
    this.registry = new CallRegistry(environment, transfers);
  }

  /** Whom calls ring for; connections sign in and out here. */
  public Devices devices() {
    return environment.devices();
  }

  /** The timeouts of these calls. */
  public CallTimeouts timeouts() {
    return environment.timeouts();
  }

  /**
   * Joins a group call, which begins if it does not exist, or takes the place of one who
   * transferred the user. The answer, Joined or an error, is sent from the call's loop; then {@code
   * done} runs there.
   *
   * @throws RequestRefusedException when there is no such call to join and none begins; then
   *     nothing has been sent and {@code connection} is not called
   */
  public CallSeat join(
      long requestId, Join request, CallUser user, ParticipantConnection connection, Runnable done)
      throws RequestRefusedException {
    if (request.hasTransferId()) {
      return joinTransferred(requestId, request, user, connection, done);
    }
    if (!GROUP_ID.matcher(request.getGroupId()).matches()) {
      throw new RequestRefusedException(SignalingError.INVALID_GROUP_ID);
    }
    CallRegistry.Key key = new GroupKey(user.resourceId(), UUID.fromString(request.getGroupId()));
    return seated(
        key,
        user.mayStartCalls() ? CallKind.CALL_KIND_GROUP : null,
        requestId,
        connection,
        (call, seat) -> call.join(requestId, request, user, null, seat),
        done);
  }

  private CallSeat joinTransferred(
      long requestId, Join request, CallUser user, ParticipantConnection connection, Runnable done)
      throws RequestRefusedException {
    Transfer transfer = transfers.of(request.getTransferId(), user);
    CallRegistry.Key key = registry.keyOf(transfer.request().getTargetCall());
    if (key == null || !key.resourceId().equals(user.resourceId())) {
      transfer.failed(EndReason.NOT_REACHABLE);
      throw new RequestRefusedException(SignalingError.UNKNOWN_CALL);
    }
    return seated(
        key,
        null,
        requestId,
        connection,
        (call, seat) -> {
          try {
            CallParticipant joined = call.replace(requestId, request, transfer, user, seat);
            transfer.succeeded();
            return joined;
          } catch (RequestRefusedException e) {
            transfer.failed(EndReason.NOT_REACHABLE);
            throw e;
          }
        },
        done);
  }

  /**
   * Begins a call and rings for its targets, as {@link #join}.
   *
   * @throws RequestRefusedException when the request is wrong or no call may begin
   */
  public CallSeat place(
      long requestId,
      PlaceCall request,
      CallUser user,
      ParticipantConnection connection,
      Runnable done)
      throws RequestRefusedException {
    if (!user.mayStartCalls()) {
      throw new RequestRefusedException(SignalingError.START_NOT_ALLOWED);
    }
    Transfer carried =
        request.getTransferId().isEmpty() ? null : transfers.of(request.getTransferId(), user);
    List<Target> targets =
        Target.of(
            carried == null ? request.getTargetsList() : List.of(carried.request().getTargetUser()),
            user);
    Target.checkCallerId(request.getAlternateCallerId());
    CustomContexts.check(request.getCustomContext());
    return seated(
        new PlacedKey(user.resourceId(), environment.ids().get()),
        targets.size() == 1 ? CallKind.CALL_KIND_ONE_TO_ONE : CallKind.CALL_KIND_GROUP,
        requestId,
        connection,
        (call, seat) -> call.place(requestId, request, targets, user, carried, seat),
        done);
  }

  /**
   * Accepts a call that rings for a user, as {@link #join}.
   *
   * @throws RequestRefusedException when there is no such call
   */
  public CallSeat answer(
      long requestId,
      AnswerCall request,
      CallUser user,
      ParticipantConnection connection,
      Runnable done)
      throws RequestRefusedException {
    return seated(
        keyOf(request.getCallId()),
        null,
        requestId,
        connection,
        (call, seat) -> call.answer(requestId, request, user, seat),
        done);
  }

  /**
   * Rejects a call that rings for a user. Answered on {@code connection} from the call's loop; then
   * {@code done} runs there.
   *
   * @param device what rings
   * @throws RequestRefusedException when there is no such call; nothing has been sent then
   */
  public void reject(
      long requestId,
      RejectCall request,
      CallUser user,
      Device device,
      ParticipantConnection connection,
      Runnable done)
      throws RequestRefusedException {
    onCall(
        requestId,
        request.getCallId(),
        connection,
        call -> call.reject(user, device, request.getReason()),
        done);
  }

  /** A device of a user shows a call that rings; answered as {@link #reject}. */
  public void shown(
      long requestId,
      IncomingCallShown request,
      CallUser user,
      ParticipantConnection connection,
      Runnable done)
      throws RequestRefusedException {
    onCall(requestId, request.getCallId(), connection, call -> call.shown(user), done);
  }

  /**
   * Shows everybody in a call whether it is recorded, and whether it is transcribed.
   *
   * @return false when there is no such call
   */
  public boolean indicate(String callId, boolean recording, boolean transcription) {
    Call call = registry.find(callId);
    if (call == null) {
      return false;
    }
    call.loop().execute(() -> call.indicate(recording, transcription));
    return true;
  }

  private void onCall(
      long requestId, String callId, ParticipantConnection connection, CallTask task, Runnable done)
      throws RequestRefusedException {
    Call call = registry.find(callId);
    if (call == null) {
      throw new RequestRefusedException(SignalingError.UNKNOWN_CALL);
    }
    call.loop()
        .execute(
            () -> {
              try {
                task.run(call);
                connection.send(ServerMessages.done(requestId));
              } catch (RequestRefusedException e) {
                connection.send(ServerMessages.error(requestId, e));
              } catch (RuntimeException e) {
                log.error("Request to a call failed", e);
                connection.send(
                    ServerMessages.error(
                        requestId, SignalingError.INTERNAL, SignalingError.INTERNAL.message()));
              } finally {
                done.run();
              }
            });
  }

  @FunctionalInterface
  private interface CallTask {
    void run(Call call) throws RequestRefusedException;
  }

  private CallRegistry.Key keyOf(String callId) throws RequestRefusedException {
    CallRegistry.Key key = registry.keyOf(callId);
    if (key == null) {
      throw new RequestRefusedException(SignalingError.UNKNOWN_CALL);
    }
    return key;
  }

  /**
   * Joins the call of a room, as {@link #join}. Everybody who is invited may begin it.
   *
   * @param role what the user may do, as the room said a moment ago
   */
  CallSeat joinRoom(
      RoomKey room,
      long requestId,
      Join request,
      CallUser user,
      RoomRole role,
      ParticipantConnection connection,
      Runnable done)
      throws RequestRefusedException {
    return seated(
        room,
        CallKind.CALL_KIND_ROOM,
        requestId,
        connection,
        (call, seat) -> call.join(requestId, request, user, role, seat),
        done);
  }

  /**
   * Takes a seat and enters.
   *
   * @param starting the kind of call that begins when there is none; null to begin none
   */
  private CallSeat seated(
      CallRegistry.Key key,
      @Nullable CallKind starting,
      long requestId,
      ParticipantConnection connection,
      CallSeat.Entrance entrance,
      Runnable done)
      throws RequestRefusedException {
    Call call = registry.takeSeat(key, starting);
    CallSeat seat = new CallSeat(call, connection, () -> registry.giveSeatBack(key, call));
    seat.enter(requestId, entrance, done);
    EndReason reason = registry.ended();
    if (reason != null) {
      // The call may have begun behind endAll's back.
      call.loop().execute(() -> call.end(reason));
    }
    return seat;
  }

  /** The call that goes on in a room, or null. */
  @Nullable Call callIn(RoomKey room) {
    return registry.find(room);
  }

  /** Calls now. */
  public int callCount() {
    return registry.callCount();
  }

  /** Participants of all calls now. */
  public int participantCount() {
    return registry.participantCount();
  }

  /** Ends every call and refuses to begin or join others from now on. Returns at once. */
  public void endAll(EndReason reason) {
    registry.endAll(reason);
  }
}
