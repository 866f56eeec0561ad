package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.CallerInfo;

/**
 * Who joins a call, as the access token and Hello said.
 *
 * @param resourceId the resource whose calls are meant; calls of two resources never meet
 * @param userId a raw id such as {@code 8:acs:<resource>_<user>}
 * @param displayName what others see; may be empty
 * @param mayStartCalls false when the token allows to join calls only
 */
public record CallUser(
    String resourceId, String userId, String displayName, boolean mayStartCalls) {

  /** As others are shown who calls. */
  CallerInfo toCallerInfo() {
    return CallerInfo.newBuilder().setUserId(userId).setDisplayName(displayName).build();
  }
}
