package io.vaxel.signaling.connection;

import io.vaxel.common.token.TokenRevocations.Revocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The sessions of this server, and those of them that may be resumed. Safe for any thread. */
final class Sessions {
  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_TOKEN = 128;

  private final SessionLimits limits;
  private final MemoryBudget memory;
  private final SecureRandom random = new SecureRandom();
  private final Set<CallingSession> all = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, CallingSession> resumable = new ConcurrentHashMap<>();
  private final AtomicInteger places = new AtomicInteger();
  private final AtomicLong revocations = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder resumed = new LongAdder();
  private final LongAdder over = new LongAdder();

  Sessions(SessionLimits limits) {
    this.limits = limits;
    this.memory = new MemoryBudget(limits.memory());
  }

  /**
   * What a session keeps so that it can be resumed, or null when there are as many as may be.
   * {@link #remove} gives the place back.
   *
   * @param id names the session; no secret
   */
  @Nullable SessionMemory reserve(String id) {
    if (places.incrementAndGet() > limits.sessions()) {
      places.decrementAndGet();
      return null;
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new SessionMemory(
        new Secret(id, secret),
        new MessageLog(limits.messages(), limits.bytes(), memory),
        new RequestBook(limits.answers(), limits.bytes(), memory));
  }

  /** Takes a session in; it hears of revocations from now on. */
  void add(CallingSession session) {
    all.add(session);
    SessionMemory kept = session.memory();
    if (kept != null) {
      resumable.put(kept.secret().id(), session);
    }
  }

  /** The session ended for good. */
  void remove(CallingSession session) {
    SessionMemory kept = session.memory();
    if (all.remove(session) && kept != null) {
      resumable.remove(kept.secret().id());
      places.decrementAndGet();
    }
  }

  /** The session that a resume token names, or null. */
  @Nullable CallingSession find(String resumeToken) {
    int dot = resumeToken.indexOf('.');
    if (dot < 0 || resumeToken.length() > LONGEST_TOKEN) {
      return null;
    }
    CallingSession session = resumable.get(resumeToken.substring(0, dot));
    SessionMemory kept = session == null ? null : session.memory();
    return kept != null && kept.secret().isTold(resumeToken) ? session : null;
  }

  /** How many revocations were heard of; taken before a token is checked. */
  long revocations() {
    return revocations.get();
  }

  /** Somebody's tokens may be void. */
  void heard(Revocation revocation) {
    revocations.incrementAndGet();
    all.forEach(session -> session.heard(revocation));
  }

  /** Ends all of them. Returns at once. */
  void stop() {
    all.forEach(CallingSession::stop);
  }

  /** A session begins to wait for a socket. */
  void waits() {
    waiting.incrementAndGet();
  }

  /** A session went on with another socket. */
  void resumed(boolean hadWaited) {
    resumed.increment();
    if (hadWaited) {
      waiting.decrementAndGet();
    }
  }

  /** A session ended while it waited. */
  void over() {
    over.increment();
    waiting.decrementAndGet();
  }

  /** Sessions that wait for a socket now. */
  int waitingCount() {
    return waiting.get();
  }

  /** Sessions that went on with another socket, since the start. */
  long resumedCount() {
    return resumed.sum();
  }

  /** Sessions that ended while they waited, since the start. */
  long overCount() {
    return over.sum();
  }

  /** Sessions now, waiting ones included. */
  int count() {
    return all.size();
  }

  /** Bytes that they keep. */
  long memoryTaken() {
    return memory.taken();
  }

  /** What a client resumes by. Never shows itself in a text. */
  static final class Secret {
    private final String id;
    private final byte[] bytes;

    private Secret(String id, byte[] bytes) {
      this.id = id;
      this.bytes = bytes.clone();
    }

    String id() {
      return id;
    }

    /** For Welcome only. */
    String resumeToken() {
      return id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** In a time that does not depend on what is wrong. */
    private boolean isTold(String resumeToken) {
      return MessageDigest.isEqual(
          resumeToken.getBytes(StandardCharsets.UTF_8),
          resumeToken().getBytes(StandardCharsets.UTF_8));
    }
  }
}
