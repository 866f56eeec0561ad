package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.call.CallRegistry.RoomKey;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.room.RoomAdmission;
import io.vaxel.signaling.room.RoomDirectory;
import io.vaxel.signaling.room.RoomRole;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls in rooms: lets in whom the room invites while it is open, and keeps the call true to the
 * room as long as it goes on. The room is read again after every join, because it may have changed
 * since the user was checked; when it changes; when it ends; and once a minute, because another
 * server on the same database may have changed it. Safe for any thread.
 */
public final class RoomCalls {
  private static final Logger log = LoggerFactory.getLogger(RoomCalls.class);
  private static final Duration LONGEST_WITHOUT_LOOKING = Duration.ofMinutes(1);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  private final RoomDirectory directory;
  private final Calls calls;
  private final Executor blocking;
  private final InstantSource clock;
  private final Semaphore permits;

  /** Rooms that are being read; true when one must be read again afterwards. */
  private final ConcurrentHashMap<RoomKey, Boolean> reading = new ConcurrentHashMap<>();

  /**
   * @param blocking runs reads that may block, such as one virtual thread each
   * @param readsAtOnce reads that may run at the same time; one more join gets SERVER_BUSY
   */
  public RoomCalls(
      RoomDirectory directory,
      Calls calls,
      Executor blocking,
      InstantSource clock,
      int readsAtOnce) {
    this.directory = directory;
    this.calls = calls;
    this.blocking = blocking;
    this.clock = clock;
    this.permits = new Semaphore(readsAtOnce);
    directory.watch((resourceId, roomId) -> refresh(new RoomKey(resourceId, roomId)));
  }

  /** Whether a user may join. */
  public sealed interface Verdict {}

  /** The user may join now. */
  public record Admitted(String roomId, RoomRole role) implements Verdict {}

  /** The user may not join, or that could not be found out. */
  public record Refused(SignalingError error) implements Verdict {}

  /**
   * Asks the room whether a user may join its call now.
   *
   * @param result gets the verdict once, on any thread
   */
  public void check(CallUser user, String roomId, Consumer<Verdict> result) {
    if (!permits.tryAcquire()) {
      result.accept(new Refused(SignalingError.SERVER_BUSY));
      return;
    }
    try {
      blocking.execute(
          () -> {
            Verdict verdict;
            try {
              verdict = verdict(user, roomId);
            } finally {
              permits.release();
            }
            result.accept(verdict);
          });
    } catch (RejectedExecutionException e) {
      permits.release();
      result.accept(new Refused(SignalingError.SERVER_STOPPING));
    }
  }

  /** Joins a user who was admitted, as {@link Calls#join}. */
  public CallSeat join(
      Admitted admitted,
      long requestId,
      Join request,
      CallUser user,
      ParticipantConnection connection,
      Runnable done)
      throws RequestRefusedException {
    RoomKey room = new RoomKey(user.resourceId(), admitted.roomId());
    CallSeat seat =
        calls.joinRoom(room, requestId, request, user, admitted.role(), connection, done);
    refresh(room);
    return seat;
  }

  private Verdict verdict(CallUser user, String roomId) {
    Optional<RoomAdmission> found;
    try {
      found = directory.find(user.resourceId(), roomId);
    } catch (RuntimeException e) {
      log.error("A room could not be read", e);
      return new Refused(SignalingError.INTERNAL);
    }
    if (found.isEmpty()) {
      return new Refused(SignalingError.ROOM_NOT_FOUND);
    }
    RoomAdmission room = found.get();
    RoomRole role = room.roleOf(user.userId());
    if (role == null) {
      return new Refused(SignalingError.NOT_INVITED);
    }
    return room.isOpen(clock.instant())
        ? new Admitted(roomId, role)
        : new Refused(SignalingError.ROOM_NOT_OPEN);
  }

  /**
   * Reads a room in which a call goes on, one read at a time, the last one after the last change.
   */
  private void refresh(RoomKey key) {
    if (calls.callIn(key) == null) {
      return;
    }
    Boolean before = reading.putIfAbsent(key, false);
    if (before == null) {
      read(key);
    } else if (reading.computeIfPresent(key, (_, _) -> true) == null) {
      refresh(key);
    }
  }

  private void read(RoomKey key) {
    try {
      blocking.execute(
          () -> {
            permits.acquireUninterruptibly();
            try {
              apply(key, directory.find(key.resourceId(), key.roomId()).orElse(null));
            } catch (RuntimeException e) {
              log.warn("A room in which a call goes on could not be read; it is tried again", e);
              later(key, AFTER_A_FAILURE);
            } finally {
              permits.release();
              wasRead(key);
            }
          });
    } catch (RejectedExecutionException e) {
      log.debug("The server stops, and its calls with it");
      reading.remove(key);
    }
  }

  private void wasRead(RoomKey key) {
    if (!reading.remove(key, false)) {
      reading.put(key, false);
      read(key);
    }
  }

  private void apply(RoomKey key, @Nullable RoomAdmission room) {
    Call call = calls.callIn(key);
    if (call == null) {
      return;
    }
    Instant now = clock.instant();
    call.loop()
        .execute(
            () -> {
              if (room == null) {
                call.end(EndReason.ROOM_GONE);
              } else if (!room.isOpen(now)) {
                call.end(EndReason.ROOM_CLOSED);
              } else {
                call.enforce(room);
                Duration left = Duration.between(now, room.validUntil());
                call.later(
                    left.compareTo(LONGEST_WITHOUT_LOOKING) < 0 ? left : LONGEST_WITHOUT_LOOKING,
                    () -> refresh(key));
              }
            });
  }

  private void later(RoomKey key, Duration delay) {
    Call call = calls.callIn(key);
    if (call != null) {
      call.loop().execute(() -> call.later(delay, () -> refresh(key)));
    }
  }
}
