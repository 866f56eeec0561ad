package io.vaxel.media.stun;

import java.util.random.RandomGenerator;

/**
 * The checks on one candidate of the peer: one transaction at a time, repeated by RFC 8489 section
 * 6.2.1 (UDP) or once (TCP). Package-internal state of {@link IceControllingAgent}.
 */
final class IceCheck {
  private static final long RTO_NANOS = 500_000_000L;
  private static final int MAX_SENDS = 7; // Rc
  private static final long LAST_WAIT_NANOS = 16 * RTO_NANOS; // Rm
  private static final long TCP_TIMEOUT_NANOS = 39_500_000_000L; // Ti

  enum State {
    WAITING,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED
  }

  final IceCandidate candidate;
  State state = State.WAITING;
  boolean nominating;
  int transactionIdHigh;
  long transactionIdLow;
  private int sends;
  private long deadlineNanos;

  IceCheck(IceCandidate candidate) {
    this.candidate = candidate;
  }

  void start(RandomGenerator random, boolean nominating) {
    transactionIdHigh = random.nextInt();
    transactionIdLow = random.nextLong();
    sends = 0;
    state = State.IN_PROGRESS;
    this.nominating = nominating;
  }

  /** Counts a send at {@code nowNanos} and sets the time of the next step. */
  void sent(long nowNanos) {
    sends++;
    if (candidate.transport() == IceCandidate.Transport.TCP) {
      deadlineNanos = nowNanos + TCP_TIMEOUT_NANOS;
    } else {
      deadlineNanos = nowNanos + (sends == MAX_SENDS ? LAST_WAIT_NANOS : RTO_NANOS << (sends - 1));
    }
  }

  boolean isDue(long nowNanos) {
    return state == State.IN_PROGRESS && nowNanos - deadlineNanos >= 0;
  }

  /** True when a due check has nothing left to send. */
  boolean isExhausted() {
    return candidate.transport() == IceCandidate.Transport.TCP || sends == MAX_SENDS;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean awaits(StunMessage response) {
    return state == State.IN_PROGRESS
        && response.transactionIdLow() == transactionIdLow
        && response.transactionIdHigh() == transactionIdHigh;
  }
}
