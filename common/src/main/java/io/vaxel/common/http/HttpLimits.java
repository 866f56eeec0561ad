package io.vaxel.common.http;

import java.time.Duration;

/**
 * What the front door lets a caller use. Sizes are bytes.
 *
 * @param maxRequestLineBytes longest request line; a longer one gets 414
 * @param maxHeaderBytes longest header section; a longer one gets 431
 * @param maxBodyBytes longest request body; a longer one gets 413
 * @param maxBodyBytesInMemory bodies of all requests together; beyond it 503
 * @param maxConnections open connections; one more is closed at once
 * @param maxRequestsInFlight requests being answered; beyond it 503
 * @param headerTimeout from the first byte of a request to the end of its headers; also the TLS
 *     handshake. Later 408
 * @param bodyTimeout from the end of the headers to the end of the body; later 408
 * @param idleTimeout how long a connection may stay without a request; then it is closed
 * @param writeTimeout how long a caller may take no byte of its answer; then the connection is
 *     closed
 * @param stopTimeout how long a stop waits for what runs
 */
public record HttpLimits(
    int maxRequestLineBytes,
    int maxHeaderBytes,
    int maxBodyBytes,
    long maxBodyBytesInMemory,
    int maxConnections,
    int maxRequestsInFlight,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    Duration writeTimeout,
    Duration stopTimeout) {
  public HttpLimits {
    if (maxRequestLineBytes < 1
        || maxHeaderBytes < 1
        || maxBodyBytes < 1
        || maxBodyBytesInMemory < maxBodyBytes
        || maxConnections < 1
        || maxRequestsInFlight < 1) {
      throw new IllegalArgumentException(
          "every limit is at least 1, and the memory for bodies holds at least one body");
    }
  }

  /** Limits that fit a server of any size with the SDKs of ACS as callers. */
  public static HttpLimits defaults() {
    return new HttpLimits(
        8 << 10,
        32 << 10,
        4 << 20,
        256L << 20,
        20_000,
        1_024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(75),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }
}
