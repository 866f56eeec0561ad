package io.vaxel.common.operation;

import java.util.Arrays;

/** Where an operation stands; the names are those of the ACS APIs. */
public enum OperationStatus {
  /** Waits for a worker. */
  NOT_STARTED("notStarted"),
  /** A worker has it, or had it when it stopped. */
  RUNNING("running"),
  /** Done. */
  SUCCEEDED("succeeded"),
  /** Not done, and nothing of it was. */
  FAILED("failed");

  private final String wireName;

  OperationStatus(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON and in the database. */
  public String wireName() {
    return wireName;
  }

  /** Whether nothing more will happen. */
  public boolean isFinished() {
    return this == SUCCEEDED || this == FAILED;
  }

  static OperationStatus of(String wireName) {
    return Arrays.stream(values())
        .filter(status -> status.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no operation status " + wireName));
  }
}
