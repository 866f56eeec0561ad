package io.vaxel.signaling.call;

import org.jspecify.annotations.Nullable;

/**
 * The way to telephones: a port that the bridge implements. A telephone leg rings as a {@link
 * Device} does: it is told {@code incomingCall} to begin the attempt at the carrier and {@code
 * incomingCallEnded} to cancel it; it says {@link Calls#shown}, {@link Calls#answer} and {@link
 * Calls#reject} as any device, with the number's raw id as its user.
 */
@FunctionalInterface
public interface TelephoneNetwork {
  /** No telephones at all. */
  TelephoneNetwork NONE = (_, _, _) -> null;

  /**
   * A leg for one attempt. Any thread; does not block.
   *
   * @param resourceId whose trunks and numbers are used
   * @param number whom to call, in E.164
   * @param callerId the number to show, in E.164; empty when the caller named none
   * @return null when there is no way to this number
   */
  @Nullable Device leg(String resourceId, String number, String callerId);
}
