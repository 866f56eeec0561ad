package io.vaxel.signaling.call;

import java.time.Duration;

/**
 * How large things may grow.
 *
 * @param calls calls on this server; the next one is refused with TOO_MANY_CALLS
 * @param participants participants of one call; the next one is refused with CALL_FULL
 * @param tracksPerParticipant tracks that one participant publishes
 * @param subscriptionsPerParticipant tracks that one participant receives. 200 media sections keep
 *     an offer and its answer below the protocol's 256 KiB per message
 * @param speakerInterval shortest time between two ActiveSpeakers messages of a call
 */
public record CallLimits(
    int calls,
    int participants,
    int tracksPerParticipant,
    int subscriptionsPerParticipant,
    Duration speakerInterval) {

  /** What docs/calling/errors.md promises. */
  public static CallLimits defaults() {
    return new CallLimits(10_000, 350, 8, 200, Duration.ofMillis(300));
  }
}
