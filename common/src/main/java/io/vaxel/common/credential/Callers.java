package io.vaxel.common.credential;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of callers by their address: how often their credentials failed of late, and
 * whose key was right last, which is tried first next time and decides nothing. An IPv6 caller
 * counts as its /64, for it has all of that. Bounded: who was away longest is forgotten. Safe for
 * any thread.
 */
final class Callers {
  /** About 200 bytes each. */
  private static final int MOST = 10_000;

  private static final int IPV6_NETWORK_BYTES = 8;

  private final int failuresPerMinute;
  private final InstantSource clock;
  private final Map<String, Caller> byNetwork =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Caller> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param failuresPerMinute how many failures a caller has at once and regains in a minute
   */
  Callers(int failuresPerMinute, InstantSource clock) {
    this.failuresPerMinute = failuresPerMinute;
    this.clock = clock;
  }

  /** Whether the caller has failed no more often than it may. */
  synchronized boolean mayFail(@Nullable InetAddress address) {
    Caller caller = byNetwork.get(network(address));
    return caller == null || left(caller) >= 1;
  }

  /** A credential of the caller was wrong. */
  synchronized void failed(@Nullable InetAddress address) {
    Caller caller = byNetwork.computeIfAbsent(network(address), network -> newCaller());
    caller.failuresLeft = Math.max(0, left(caller) - 1);
    caller.countedAt = clock.instant();
  }

  /** The caller held the key of this resource. */
  synchronized void matched(@Nullable InetAddress address, UUID resource) {
    byNetwork.computeIfAbsent(network(address), network -> newCaller()).lastMatch = resource;
  }

  /** The resource whose key the caller held last. */
  synchronized Optional<UUID> lastMatch(@Nullable InetAddress address) {
    Caller caller = byNetwork.get(network(address));
    return caller == null ? Optional.empty() : Optional.ofNullable(caller.lastMatch);
  }

  private Caller newCaller() {
    return new Caller(failuresPerMinute, clock.instant());
  }

  private double left(Caller caller) {
    double minutes =
        Duration.between(caller.countedAt, clock.instant()).toMillis()
            / (double) Duration.ofMinutes(1).toMillis();
    // A clock that was set back takes nothing away.
    return Math.min(
        failuresPerMinute, caller.failuresLeft + Math.max(0, minutes) * failuresPerMinute);
  }

  private static String network(@Nullable InetAddress address) {
    return switch (address) {
      case null -> "";
      case Inet6Address six ->
          HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), IPV6_NETWORK_BYTES));
      default -> address.getHostAddress();
    };
  }

  private static final class Caller {
    private double failuresLeft;
    private Instant countedAt;
    private @Nullable UUID lastMatch;

    Caller(double failuresLeft, Instant countedAt) {
      this.failuresLeft = failuresLeft;
      this.countedAt = countedAt;
    }
  }
}
