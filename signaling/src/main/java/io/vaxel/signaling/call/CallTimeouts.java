package io.vaxel.signaling.call;

import java.time.Duration;

/**
 * The timeouts of calls, as ACS documents them ("Service limits for Azure Communication Services",
 * voice and video calling). The one place where they stand; reference.yaml shows the same defaults.
 *
 * @param reconnect from the moment when a participant has lost both media and signalling until it
 *     is removed; also how long a session waits for its next socket
 * @param modality from the request for video or a screen share until media must be connected
 * @param transfer from the request until the transfer must be complete
 * @param callSetup from placing a 1:1 call until somebody must have accepted
 * @param groupCallSetup the same for a group call, and for somebody who is called into one
 * @param pstnCallSetup the same for a telephone, after which the attempt is cancelled at the
 *     carrier
 * @param promotion from adding a third participant to a 1:1 call until they must have accepted
 */
public record CallTimeouts(
    Duration reconnect,
    Duration modality,
    Duration transfer,
    Duration callSetup,
    Duration groupCallSetup,
    Duration pstnCallSetup,
    Duration promotion) {

  /** What ACS documents. */
  public static CallTimeouts defaults() {
    return new CallTimeouts(
        Duration.ofSeconds(120),
        Duration.ofSeconds(40),
        Duration.ofSeconds(60),
        Duration.ofSeconds(85),
        Duration.ofSeconds(85),
        Duration.ofSeconds(115),
        Duration.ofSeconds(115));
  }
}
