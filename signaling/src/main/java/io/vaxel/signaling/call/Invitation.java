package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.IncomingCallEnded;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.ParticipantState;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is called and has not accepted yet: their place in the roster and the devices that
 * ring. Used on the call's loop.
 */
final class Invitation {
  private final String participantId;
  private final Target target;
  private final List<Device> devices;
  private final IncomingCall call;
  private final Duration timeout;
  private final Set<Device> busy = new HashSet<>();
  private @Nullable Future<?> timer;
  private boolean ringing;

  /**
   * @param participantId what they keep when a device accepts
   * @param devices those that ring
   * @param call what they are told
   * @param timeout for how long they ring
   */
  Invitation(
      String participantId,
      Target target,
      List<Device> devices,
      IncomingCall call,
      Duration timeout) {
    this.participantId = participantId;
    this.target = target;
    this.devices = devices;
    this.call = call;
    this.timeout = timeout;
  }

  String participantId() {
    return participantId;
  }

  Target target() {
    return target;
  }

  /** Whether there is anything to ring. */
  boolean isReachable() {
    return !devices.isEmpty();
  }

  /**
   * The devices ring; there is at least one.
   *
   * @param onExpired runs when nobody accepted in time
   */
  void ring(EventExecutor loop, Runnable onExpired) {
    timer = loop.schedule(onExpired, timeout.toMillis(), TimeUnit.MILLISECONDS);
    devices.forEach(device -> device.incomingCall(call));
  }

  /** A device shows the call; returns whether it is the first. */
  boolean rings() {
    boolean first = !ringing;
    ringing = true;
    return first;
  }

  /** A device is busy; returns whether all are now. */
  boolean busy(Device device) {
    busy.add(device);
    return busy.containsAll(devices);
  }

  /** Nobody waits any longer: the devices stop ringing. */
  void end(EndReason reason) {
    if (timer != null) {
      timer.cancel(false);
    }
    IncomingCallEnded end =
        IncomingCallEnded.newBuilder()
            .setCallId(call.getCallId())
            .setCode(reason.code())
            .setSubCode(reason.subCode())
            .build();
    devices.forEach(device -> device.incomingCallEnded(end));
  }

  Participant toProto() {
    return Participant.newBuilder()
        .setParticipantId(participantId)
        .setUserId(target.rawId())
        .setState(
            ringing
                ? ParticipantState.PARTICIPANT_STATE_RINGING
                : ParticipantState.PARTICIPANT_STATE_CONNECTING)
        .build();
  }
}
