package io.vaxel.common.limit;

import io.vaxel.common.error.ApiException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.function.Function;

/** Refuses one request too many, right after its credential was checked. */
@Priority(Priorities.AUTHENTICATION + 100)
final class LimitFilter implements ContainerRequestFilter {
  private final Buckets buckets;
  private final Function<ContainerRequestContext, String> key;

  /**
   * @param key who shares a bucket
   */
  LimitFilter(Buckets buckets, Function<ContainerRequestContext, String> key) {
    this.buckets = buckets;
    this.key = key;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Duration wait = buckets.take(key.apply(request));
    if (!wait.isZero()) {
      // Rounded up: a client that comes back at the full second before would be refused again.
      long seconds = wait.plusNanos(999_999_999).toSeconds();
      throw new ApiException(
              429, "TooManyRequests", "The limit is " + buckets.rate() + ". Try again later.")
          .withHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
  }
}
