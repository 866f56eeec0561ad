package io.vaxel.common.credential;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP request that an access key signature covers, as they came in.
 *
 * @param method the HTTP method
 * @param target path and query, nothing decoded
 * @param host the {@code Host} header
 * @param originalHost the {@code x-ms-host} header
 * @param date the {@code x-ms-date} header
 * @param contentHash the {@code x-ms-content-sha256} header
 * @param authorization the {@code Authorization} header
 */
public record SignedRequest(
    String method,
    String target,
    @Nullable String host,
    @Nullable String originalHost,
    @Nullable String date,
    @Nullable String contentHash,
    @Nullable String authorization) {

  /** Leaves out the signature: it would be useful to whoever reads a log in time. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}
