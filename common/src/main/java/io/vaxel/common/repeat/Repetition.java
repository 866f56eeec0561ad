package io.vaxel.common.repeat;

import java.time.Instant;
import java.util.UUID;

/**
 * What tells a repeated request from a new one.
 *
 * @param caller who asks; ids of two callers never meet
 * @param requestId {@code Repeatability-Request-ID}
 * @param firstSent {@code Repeatability-First-Sent}, whole seconds
 * @param fingerprint SHA-256 of method, target and body, in hex
 */
record Repetition(String caller, UUID requestId, Instant firstSent, String fingerprint) {}
