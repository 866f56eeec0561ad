package io.vaxel.common.token;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who let users stay for longer than a request, such as open sockets, that tokens may
 * have become void. A listener asks {@link TokenAuthenticator} again; it is called after the change
 * is on disk and before the caller who asked for it is answered. Safe for any thread.
 */
public final class TokenRevocations {
  private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Whose tokens may be void.
   *
   * @param resourceId the immutable id of the resource
   * @param userId the raw id of its user; null means all of them
   */
  public record Revocation(String resourceId, @Nullable String userId) {
    /** Whether a token of this user may be void. */
    public boolean concerns(String tokenResourceId, String tokenUserId) {
      return resourceId.equals(tokenResourceId) && (userId == null || userId.equals(tokenUserId));
    }
  }

  /**
   * Adds a listener for as long as the process lives.
   *
   * @param listener returns at once
   */
  public void listen(Consumer<Revocation> listener) {
    listeners.add(listener);
  }

  /** Tells every listener. */
  public void announce(Revocation revocation) {
    listeners.forEach(listener -> listener.accept(revocation));
  }
}
