package io.vaxel.common.limit;

import java.util.Map;

/**
 * All limits.
 *
 * @param callers how many callers are remembered at once, for each limit
 * @param caller what one address may ask of one resource, all operations together
 * @param operations what each resource may be asked, by the names that {@link Limited} uses
 */
public record RateLimits(int callers, Rate caller, Map<String, Rate> operations) {
  public RateLimits {
    if (callers < 1) {
      throw new IllegalArgumentException("callers is at least 1");
    }
    operations = Map.copyOf(operations);
  }
}
