package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.CallKind;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which calls there are, by id and by what they are joined by, and how many seats are taken in
 * them. A call begins with its first seat and is gone with the last. Safe for any thread.
 */
final class CallRegistry {
  private final CallEnvironment environment;
  private final Transfers transfers;
  private final ConcurrentHashMap<Key, Entry> calls = new ConcurrentHashMap<>();

  /** The calls by id; written under the lock of {@code calls}. */
  private final ConcurrentHashMap<String, Key> keys = new ConcurrentHashMap<>();

  private final AtomicInteger callCount = new AtomicInteger();
  private final AtomicInteger participantCount = new AtomicInteger();
  private volatile @Nullable EndReason ended;

  CallRegistry(CallEnvironment environment, Transfers transfers) {
    this.environment = environment;
    this.transfers = transfers;
  }

  /**
   * Takes a seat.
   *
   * @param starting the kind of call that begins when there is none; null to begin none
   */
  Call takeSeat(Key key, @Nullable CallKind starting) throws RequestRefusedException {
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
              return starting == null ? null : begin(key, starting);
            });
    if (taken == null) {
      throw new RequestRefusedException(
          starting != null
              ? SignalingError.TOO_MANY_CALLS
              : key instanceof GroupKey
                  ? SignalingError.START_NOT_ALLOWED
                  : SignalingError.UNKNOWN_CALL);
    }
    participantCount.incrementAndGet();
    return taken.call;
  }

  private @Nullable Entry begin(Key key, CallKind kind) {
    if (callCount.get() >= environment.limits().calls()) {
      return null;
    }
    String groupId = key instanceof GroupKey(_, UUID group) ? group.toString() : "";
    Entry entry = new Entry(new Call(environment, transfers, kind, groupId));
    keys.put(entry.call.id(), key);
    callCount.incrementAndGet();
    return entry;
  }

  /** Gives a seat back; the call is closed with its last. On the call's loop. */
  void giveSeatBack(Key key, Call call) {
    participantCount.decrementAndGet();
    Entry left =
        calls.computeIfPresent(
            key,
            (_, entry) -> {
              if (--entry.seats > 0) {
                return entry;
              }
              keys.remove(call.id());
              return null;
            });
    if (left == null) {
      callCount.decrementAndGet();
      call.close();
    }
  }

  /** The call at a place, or null. */
  @Nullable Call find(Key key) {
    Entry entry = calls.get(key);
    return entry == null ? null : entry.call;
  }

  /** The call with this id, or null. */
  @Nullable Call find(String callId) {
    Key key = keys.get(callId);
    return key == null ? null : find(key);
  }

  /** Where the call with this id is, or null. */
  @Nullable Key keyOf(String callId) {
    return keys.get(callId);
  }

  /** Calls now. */
  int callCount() {
    return callCount.get();
  }

  /** Participants of all calls now. */
  int participantCount() {
    return participantCount.get();
  }

  /** Why every call was ended, or null while they go on. */
  @Nullable EndReason ended() {
    return ended;
  }

  /** Ends every call and refuses to begin or join others from now on. Returns at once. */
  void endAll(EndReason reason) {
    ended = reason;
    for (Entry entry : calls.values()) {
      entry.call.loop().execute(() -> entry.call.end(reason));
    }
  }

  /** Where a call is. */
  sealed interface Key {
    /** Whose call it is. */
    String resourceId();
  }

  record GroupKey(String resourceId, UUID groupId) implements Key {}

  /** A call that was placed; nobody joins it who was not called. */
  record PlacedKey(String resourceId, String id) implements Key {}

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
