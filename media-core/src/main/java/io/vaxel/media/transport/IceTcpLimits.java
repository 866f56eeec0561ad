package io.vaxel.media.transport;

import java.time.Duration;

/**
 * What one ICE-TCP port puts up with.
 *
 * @param connections open at once; more are closed on arrival
 * @param connectionsPerAddress open at once from one IP address
 * @param firstCheck how long a connection may stay without an owner, that is without a right ICE
 *     check
 * @param stall how long a connection may take nothing of what waits for it
 */
public record IceTcpLimits(
    int connections, int connectionsPerAddress, Duration firstCheck, Duration stall) {
  /** Room for an office of a hundred people behind one address, with two connections each. */
  public static final IceTcpLimits DEFAULT =
      new IceTcpLimits(4096, 256, Duration.ofSeconds(10), Duration.ofSeconds(10));

  public IceTcpLimits {
    if (connections < 1
        || connectionsPerAddress < 1
        || !firstCheck.isPositive()
        || !stall.isPositive()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
