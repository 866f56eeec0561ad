package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.room.RoomRole;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this server, by resource and group id or room. A call begins with the first seat
 * that is taken in it and is gone with the last. Safe for any thread.
 */
public final class Calls {
  private static final Pattern GROUP_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final CallMedia.Factory media;
  private final CallLimits limits;
  private final Supplier<String> ids;
  private final ConcurrentHashMap<Key, Entry> calls = new ConcurrentHashMap<>();
  private final AtomicInteger callCount = new AtomicInteger();
  private final AtomicInteger participantCount = new AtomicInteger();
  private volatile @Nullable EndReason ended;

  /**
   * @param ids makes call and participant ids that never repeat, such as random UUIDs
   */
  public Calls(CallMedia.Factory media, CallLimits limits, Supplier<String> ids) {
    this.media = media;
    this.limits = limits;
    this.ids = ids;
  }

  /**
   * Joins a group call, which begins if it does not exist. The answer, Joined or an error, is sent
   * from the call's loop; then {@code done} runs there.
   *
   * @throws RequestRefusedException when there is no such call to join and none begins; then
   *     nothing has been sent and {@code connection} is not called
   */
  public CallSeat join(
      long requestId, Join request, CallUser user, ParticipantConnection connection, Runnable done)
      throws RequestRefusedException {
    if (!GROUP_ID.matcher(request.getGroupId()).matches()) {
      throw new RequestRefusedException(SignalingError.INVALID_GROUP_ID);
    }
    Key key = new GroupKey(user.resourceId(), UUID.fromString(request.getGroupId()));
    return join(key, user.mayStartCalls(), requestId, request, user, null, connection, done);
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
    return join(room, true, requestId, request, user, role, connection, done);
  }

  private CallSeat join(
      Key key,
      boolean mayStart,
      long requestId,
      Join request,
      CallUser user,
      @Nullable RoomRole role,
      ParticipantConnection connection,
      Runnable done)
      throws RequestRefusedException {
    Call call = takeSeat(key, mayStart);
    CallSeat seat = new CallSeat(call, connection, () -> giveSeatBack(key, call));
    seat.join(requestId, request, user, role, done);
    EndReason reason = ended;
    if (reason != null) {
      // The call may have begun behind endAll's back.
      call.loop().execute(() -> call.end(reason));
    }
    return seat;
  }

  /** The call that goes on in a room, or null. */
  @Nullable Call callIn(RoomKey room) {
    Entry entry = calls.get(room);
    return entry == null ? null : entry.call;
  }

  /** Calls now. */
  public int callCount() {
    return callCount.get();
  }

  /** Participants of all calls now. */
  public int participantCount() {
    return participantCount.get();
  }

  /** Ends every call and refuses to begin or join others from now on. Returns at once. */
  public void endAll(EndReason reason) {
    ended = reason;
    for (Entry entry : calls.values()) {
      entry.call.loop().execute(() -> entry.call.end(reason));
    }
  }

  private Call takeSeat(Key key, boolean mayStart) throws RequestRefusedException {
    if (ended != null) {
      throw new RequestRefusedException(SignalingError.SERVER_STOPPING);
    }
    Entry taken =
        calls.compute(
            key,
            (_, entry) -> {
              if (entry != null) {
                entry.seats++;
                return entry;
              }
              return mayStart ? begin() : null;
            });
    if (taken == null) {
      throw new RequestRefusedException(
          mayStart ? SignalingError.TOO_MANY_CALLS : SignalingError.START_NOT_ALLOWED);
    }
    participantCount.incrementAndGet();
    return taken.call;
  }

  private @Nullable Entry begin() {
    if (callCount.get() >= limits.calls()) {
      return null;
    }
    Entry entry = new Entry(new Call(media, limits, ids));
    callCount.incrementAndGet();
    return entry;
  }

  private void giveSeatBack(Key key, Call call) {
    participantCount.decrementAndGet();
    Entry left = calls.computeIfPresent(key, (_, entry) -> --entry.seats > 0 ? entry : null);
    if (left == null) {
      callCount.decrementAndGet();
      call.close();
    }
  }

  /** Where a call is. */
  sealed interface Key {}

  private record GroupKey(String resourceId, UUID groupId) implements Key {}

  /** A room of a resource. */
  record RoomKey(String resourceId, String roomId) implements Key {}

  /** A call and how many seats are taken in it; the number changes under the map's lock only. */
  private static final class Entry {
    private final Call call;
    private int seats = 1;

    Entry(Call call) {
      this.call = call;
    }
  }
}
