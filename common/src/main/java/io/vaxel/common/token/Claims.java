package io.vaxel.common.token;

/** Names of claims that are both written and read here. */
final class Claims {
  /** The raw user id without its leading {@code 8:}. */
  static final String SKYPE_ID = "skypeid";

  /** The scopes, with commas between them. */
  static final String SCOPES = "acsScope";

  /** The immutable id of the resource. */
  static final String RESOURCE_ID = "resourceId";

  /** Ours: see {@link TokenSubject#generation()}. */
  static final String GENERATION = "gen";

  /** Ours: see {@link TokenSubject#keys()}. */
  static final String KEYS = "keys";

  private Claims() {}
}
