package io.vaxel.media.transport;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.media.stun.IceLiteAgent;
import io.vaxel.media.stun.StunMessage;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one peer connection, and which of them is in use. An ICE restart (RFC 8445 section
 * 2.4) opens a second session with credentials of its own; the first goes on until the peer has
 * nominated a path of the second, so a peer that changes networks loses nothing. Time comes from
 * outside. Used on the loop.
 */
final class IceSessions {
  /** How long a restart may take before lost consent counts again. */
  static final long RESTART_NANOS = 30_000_000_000L;

  /** How long what is still on its way over the old paths is taken (RFC 8445 section 8.3.1). */
  static final long LINGER_NANOS = 3_000_000_000L;

  /** Addresses that one peer may have verified in a session; the oldest makes room. */
  private static final int MAX_PATHS = 8;

  private final MediaPort port;
  private final PeerTransport owner;
  private final Set<Path> lingering = new LinkedHashSet<>();
  private Session current;
  private @Nullable Session next;
  private @Nullable Path selected;
  private long restartDeadline;
  private long lingerUntil;
  private long restarts;

  private static final class Session {
    final IceLiteAgent agent;
    final Set<Path> paths = new LinkedHashSet<>();

    Session(IceLiteAgent agent) {
      this.agent = agent;
    }

    boolean isFor(StunMessage request) {
      return request.localUfragKey() == IceCredentials.ufragKey(credentials().ufrag());
    }

    IceCredentials credentials() {
      return agent.localCredentials();
    }
  }

  /** Opens the first session. */
  IceSessions(MediaPort port, PeerTransport owner) {
    this.port = port;
    this.owner = owner;
    this.current = new Session(port.newAgent(owner));
  }

  private Session newest() {
    Session restarting = next;
    return restarting == null ? current : restarting;
  }

  /** Our credentials for the next description: those of the latest restart. */
  IceCredentials localCredentials() {
    return newest().credentials();
  }

  /** The peer's fragment, as it answers to {@link #localCredentials()}. */
  void remoteUfrag(String ufrag) {
    newest().agent.remoteUfrag(ufrag);
  }

  /**
   * Begins a restart; one that is under way already is given up.
   *
   * @return the new credentials of our side
   */
  IceCredentials restart(long nowNanos) {
    Session abandoned = next;
    next = new Session(port.newAgent(owner));
    restartDeadline = nowNanos + RESTART_NANOS;
    if (abandoned != null) {
      port.forget(abandoned.credentials());
      Path inUse = selected;
      if (inUse != null && abandoned.paths.contains(inUse)) {
        current.paths.add(inUse);
      }
      abandoned.paths.forEach(this::releaseUnlessUsed);
    }
    return localCredentials();
  }

  /**
   * Judges a check and writes the answer.
   *
   * @return whether it was right: its path belongs to this connection now, and may be in use
   */
  boolean check(Path path, StunMessage request, PacketBuffer response, long nowNanos) {
    Session restarting = next;
    Session session = restarting != null && restarting.isFor(request) ? restarting : current;
    IceLiteAgent.Outcome outcome =
        session.agent.handle(request, path.remoteAddress(), response, nowNanos);
    if (!outcome.isValid()) {
      return false;
    }
    claim(session, path);
    if (outcome == IceLiteAgent.Outcome.NOMINATED) {
      selected = path;
      if (session.equals(restarting)) {
        finishRestart(session, nowNanos);
      }
    } else if (selected == null) {
      selected = path;
    }
    return true;
  }

  /** The old credentials end at once, the old paths once they are empty. */
  private void finishRestart(Session restarted, long nowNanos) {
    Session old = current;
    current = restarted;
    next = null;
    restarts++;
    port.forget(old.credentials());
    releaseLingering();
    old.paths.stream().filter(path -> !restarted.paths.contains(path)).forEach(lingering::add);
    lingerUntil = nowNanos + LINGER_NANOS;
  }

  private void claim(Session session, Path path) {
    if (session.paths.contains(path)) {
      return;
    }
    if (session.paths.size() >= MAX_PATHS) {
      forgetOldest(session);
    }
    session.paths.add(path);
    port.claim(path, owner);
  }

  private void forgetOldest(Session session) {
    for (Path path : session.paths) {
      if (!path.equals(selected)) {
        session.paths.remove(path);
        releaseUnlessUsed(path);
        return;
      }
    }
  }

  private void releaseUnlessUsed(Path path) {
    if (!current.paths.contains(path)
        && !newest().paths.contains(path)
        && !lingering.contains(path)) {
      port.release(path, owner);
    }
  }

  private void releaseLingering() {
    Set<Path> old = new LinkedHashSet<>(lingering);
    lingering.clear();
    old.forEach(this::releaseUnlessUsed);
  }

  /** Releases the paths from before the last restart when their time is over. */
  void sweep(long nowNanos) {
    if (!lingering.isEmpty() && nowNanos - lingerUntil >= 0) {
      releaseLingering();
    }
  }

  /** A TCP connection of this peer went away. */
  void closed(Path path) {
    current.paths.remove(path);
    newest().paths.remove(path);
    lingering.remove(path);
    if (path.equals(selected)) {
      selected = null;
    }
  }

  /**
   * Whether the peer has not consented to hear from us for 30 s (RFC 7675 section 5.1), and no
   * restart is under way that may still bring it back. During one, nothing is sent from then on.
   */
  boolean consentExpired(long nowNanos) {
    if (!current.agent.consentExpired(nowNanos)) {
      return false;
    }
    if (next == null || nowNanos - restartDeadline >= 0) {
      return true;
    }
    Path silent = selected;
    if (silent != null && current.paths.contains(silent) && !newest().paths.contains(silent)) {
      selected = null;
    }
    return false;
  }

  /** The path in use, or null while there is none. */
  @Nullable Path selected() {
    return selected;
  }

  /** Whether any check was ever right. */
  boolean isConnected() {
    return current.agent.isConnected() || newest().agent.isConnected();
  }

  /** Restarts that a nomination has ended. */
  long restarts() {
    return restarts;
  }

  /** Gives everything up. */
  void close() {
    port.forget(current.credentials());
    port.forget(newest().credentials());
    Set<Path> all = new LinkedHashSet<>(current.paths);
    all.addAll(newest().paths);
    all.addAll(lingering);
    current.paths.clear();
    newest().paths.clear();
    lingering.clear();
    all.forEach(path -> port.release(path, owner));
  }
}
