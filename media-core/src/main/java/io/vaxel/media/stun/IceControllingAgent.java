package io.vaxel.media.stun;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of ICE for one peer connection with a lite peer: a controlling agent (RFC 8445)
 * with one local base, regular nomination, and consent checks afterwards (RFC 7675). Knows no
 * socket and no clock: {@link #poll} says what to send where, {@link #nextPollNanos(long)} when to
 * ask again. One thread at a time.
 */
public final class IceControllingAgent {
  /** The most candidates of a peer that are tried; more are ignored, lowest priority first. */
  public static final int MAX_CANDIDATES = 32;

  private static final long PACE_NANOS = 50_000_000L; // Ta, RFC 8445 section 14.2
  // A better candidate gets as long as it needs to lose its first request and send a second.
  private static final long PATIENCE_NANOS = 600_000_000L;
  private static final long CONSENT_INTERVAL_NANOS = 5_000_000_000L;
  private static final int CONSENT_TRANSACTIONS = 8; // those of 30 s at 4 s each

  /** How far the agent is. */
  public enum State {
    /** Looking for a path. */
    CHECKING,
    /** A path is nominated and the peer consents to traffic on it. */
    CONNECTED,
    /** No candidate answered, or consent was lost; final. */
    FAILED
  }

  private final byte[] username;
  private final StunIntegrity integrity;
  private final RandomGenerator random;
  private final StunWriter writer;
  private final long tieBreaker;
  private final List<IceCheck> checks = new ArrayList<>();
  private final int[] consentHigh = new int[CONSENT_TRANSACTIONS];
  private final long[] consentLow = new long[CONSENT_TRANSACTIONS];
  private int consentCount;
  private State state = State.CHECKING;
  private @Nullable IceCheck selected;
  private long nextStartNanos;
  private boolean anySucceeded;
  private long firstSuccessNanos;
  private long nextConsentNanos;
  private long consentUntilNanos;

  /**
   * @param local our credentials
   * @param remote the peer's, from its SDP
   * @param candidates the peer's; those that are neither UDP nor passive TCP, or have no IP
   *     literal, are ignored
   * @param random transaction ids, tie-breaker and the spread of consent checks; strong outside
   *     tests
   * @param nowNanos the clock that {@link #poll} is called with
   */
  public IceControllingAgent(
      IceCredentials local,
      IceCredentials remote,
      List<IceCandidate> candidates,
      RandomGenerator random,
      StunWriter writer,
      long nowNanos) {
    this.username = (remote.ufrag() + ":" + local.ufrag()).getBytes(StandardCharsets.US_ASCII);
    this.integrity = StunIntegrity.shortTerm(remote.password());
    this.random = random;
    this.writer = writer;
    this.tieBreaker = random.nextLong();
    this.nextStartNanos = nowNanos;
    candidates.stream()
        .filter(IceControllingAgent::isUsable)
        .sorted(Comparator.comparingLong(IceCandidate::priority).reversed())
        .limit(MAX_CANDIDATES)
        .forEach(candidate -> checks.add(new IceCheck(candidate)));
    if (checks.isEmpty()) {
      state = State.FAILED;
    }
  }

  private static boolean isUsable(IceCandidate candidate) {
    return candidate.component() == 1
        && candidate.socketAddress() != null
        && (candidate.transport() == IceCandidate.Transport.UDP
            || candidate.tcpType() == IceCandidate.TcpType.PASSIVE);
  }

  /**
   * Writes the next request that is due. Call until it returns null, then again at {@link
   * #nextPollNanos(long)} or after an event.
   *
   * @return where to send {@code request}, or null when nothing is due; for a TCP candidate a
   *     connection is to be opened first if there is none
   */
  public @Nullable IceCandidate poll(long nowNanos, PacketBuffer request) {
    return switch (state) {
      case CHECKING -> pollChecks(nowNanos, request);
      case CONNECTED -> pollConsent(nowNanos, request);
      case FAILED -> null;
    };
  }

  private @Nullable IceCandidate pollChecks(long nowNanos, PacketBuffer request) {
    for (IceCheck check : checks) {
      if (check.isDue(nowNanos)) {
        if (!check.isExhausted()) {
          return send(check, nowNanos, request);
        }
        check.state = IceCheck.State.FAILED;
      }
    }
    if (isNominating()) {
      return null;
    }
    IceCheck nominee = nominee(nowNanos);
    if (nominee != null) {
      nominee.start(random, true);
      return send(nominee, nowNanos, request);
    }
    IceCheck waiting = first(IceCheck.State.WAITING);
    if (waiting != null && nowNanos - nextStartNanos >= 0) {
      nextStartNanos = nowNanos + PACE_NANOS;
      waiting.start(random, false);
      return send(waiting, nowNanos, request);
    }
    failIfNothingIsLeft();
    return null;
  }

  /** The best path that works, once nothing better is still worth waiting for. */
  private @Nullable IceCheck nominee(long nowNanos) {
    boolean patient = anySucceeded && nowNanos - (firstSuccessNanos + PATIENCE_NANOS) < 0;
    for (IceCheck check : checks) {
      if (check.state == IceCheck.State.SUCCEEDED) {
        return check;
      }
      if (check.state != IceCheck.State.FAILED && patient) {
        return null;
      }
    }
    return null;
  }

  private boolean isNominating() {
    for (IceCheck check : checks) {
      if (check.state == IceCheck.State.IN_PROGRESS && check.nominating) {
        return true;
      }
    }
    return false;
  }

  private IceCandidate send(IceCheck check, long nowNanos, PacketBuffer request) {
    check.sent(nowNanos);
    write(request, check.transactionIdHigh, check.transactionIdLow, check.nominating);
    return check.candidate;
  }

  private void write(PacketBuffer request, int idHigh, long idLow, boolean nominate) {
    writer
        .begin(request, Stun.BINDING_REQUEST, idHigh, idLow)
        .attribute(Stun.USERNAME, username)
        .priority(IceCandidate.peerReflexivePriority())
        .iceControlling(tieBreaker);
    if (nominate) {
      writer.useCandidate();
    }
    writer.integrity(integrity).fingerprint();
  }

  private @Nullable IceCandidate pollConsent(long nowNanos, PacketBuffer request) {
    if (nowNanos - consentUntilNanos >= 0) {
      state = State.FAILED;
      return null;
    }
    if (selected == null || nowNanos - nextConsentNanos < 0) {
      return null;
    }
    int slot = consentCount++ % CONSENT_TRANSACTIONS;
    consentHigh[slot] = random.nextInt();
    consentLow[slot] = random.nextLong();
    scheduleConsent(nowNanos);
    write(request, consentHigh[slot], consentLow[slot], false);
    return selected.candidate;
  }

  /** The next check in 4 to 6 s, so that many peers do not beat in time (RFC 7675 section 5.1). */
  private void scheduleConsent(long nowNanos) {
    nextConsentNanos = nowNanos + (long) (CONSENT_INTERVAL_NANOS * random.nextDouble(0.8, 1.2));
  }

  /**
   * Takes an answer of the peer.
   *
   * @param from the candidate at whose address it came
   * @return false when it answers nothing that was asked there, or is not signed by the peer;
   *     nothing changes then
   */
  public boolean receive(StunMessage response, IceCandidate from, long nowNanos) {
    int type = response.type();
    if (type == Stun.BINDING_ERROR) {
      // Errors may come unsigned (RFC 8489 section 9.1.3); the transaction id is what they prove.
      IceCheck refused = awaiting(response, from);
      if (refused == null) {
        return false;
      }
      refused.state = IceCheck.State.FAILED;
      failIfNothingIsLeft();
      return true;
    }
    if (type != Stun.BINDING_SUCCESS || !integrity.verifies(response)) {
      return false;
    }
    if (state == State.CONNECTED) {
      return consented(response, from, nowNanos);
    }
    IceCheck check = awaiting(response, from);
    if (check == null) {
      return false;
    }
    check.state = IceCheck.State.SUCCEEDED;
    if (!anySucceeded) {
      anySucceeded = true;
      firstSuccessNanos = nowNanos;
    }
    if (check.nominating) {
      selected = check;
      state = State.CONNECTED;
      consentUntilNanos = nowNanos + IceLiteAgent.CONSENT_NANOS;
      scheduleConsent(nowNanos);
    }
    return true;
  }

  private boolean consented(StunMessage response, IceCandidate from, long nowNanos) {
    if (selected == null || !selected.candidate.equals(from)) {
      return false;
    }
    for (int i = 0; i < Math.min(consentCount, CONSENT_TRANSACTIONS); i++) {
      if (consentLow[i] == response.transactionIdLow()
          && consentHigh[i] == response.transactionIdHigh()) {
        consentUntilNanos = nowNanos + IceLiteAgent.CONSENT_NANOS;
        return true;
      }
    }
    return false;
  }

  private @Nullable IceCheck awaiting(StunMessage response, IceCandidate from) {
    if (state != State.CHECKING) {
      return null;
    }
    for (IceCheck check : checks) {
      if (check.awaits(response) && check.candidate.equals(from)) {
        return check;
      }
    }
    return null;
  }

  /** Tells that a candidate cannot be reached, say because its TCP connection closed. */
  public void unreachable(IceCandidate candidate) {
    for (IceCheck check : checks) {
      if (check.candidate.equals(candidate)) {
        check.state = IceCheck.State.FAILED;
      }
    }
    if (state == State.CONNECTED && selected != null && selected.candidate.equals(candidate)) {
      state = State.FAILED;
    }
    failIfNothingIsLeft();
  }

  private void failIfNothingIsLeft() {
    if (state == State.CHECKING
        && checks.stream().allMatch(check -> check.state == IceCheck.State.FAILED)) {
      state = State.FAILED;
    }
  }

  private @Nullable IceCheck first(IceCheck.State wanted) {
    for (IceCheck check : checks) {
      if (check.state == wanted) {
        return check;
      }
    }
    return null;
  }

  /**
   * When {@link #poll} has work next, by the same clock; {@code nowNanos} plus an hour when it has
   * none.
   */
  public long nextPollNanos(long nowNanos) {
    long wait = 3_600_000_000_000L;
    if (state == State.CONNECTED) {
      wait = Math.min(nextConsentNanos - nowNanos, consentUntilNanos - nowNanos);
    } else if (state == State.CHECKING) {
      boolean nominating = isNominating();
      for (IceCheck check : checks) {
        long due =
            switch (check.state) {
              case WAITING -> nominating ? wait : nextStartNanos - nowNanos;
              case IN_PROGRESS -> check.deadlineNanos() - nowNanos;
              case SUCCEEDED -> nominating ? wait : firstSuccessNanos + PATIENCE_NANOS - nowNanos;
              case FAILED -> wait;
            };
        wait = Math.min(wait, due);
      }
    }
    return nowNanos + Math.max(0, wait);
  }

  /** How far the agent is. */
  public State state() {
    return state;
  }

  /** The peer's candidate in use, or null before the first {@link State#CONNECTED}. */
  public @Nullable IceCandidate selected() {
    return selected == null ? null : selected.candidate;
  }
}
