package io.vaxel.common.event;

import java.util.Arrays;

/** Whether an endpoint has agreed to get events; only then it does. */
public enum SubscriptionState {
  /** The handshake is being tried. */
  VALIDATING("validating"),
  /** The endpoint answered without agreeing; somebody may open the validation URL. */
  AWAITING_MANUAL_ACTION("awaitingManualAction"),
  /** It agreed. */
  ACTIVE("active"),
  /** It did not agree in time. An update begins the handshake again. */
  FAILED("failed");

  private final String wireName;

  SubscriptionState(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON and in the database. */
  public String wireName() {
    return wireName;
  }

  static SubscriptionState of(String wireName) {
    return Arrays.stream(values())
        .filter(state -> state.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no subscription state " + wireName));
  }
}
