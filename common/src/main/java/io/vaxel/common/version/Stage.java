package io.vaxel.common.version;

/** How much may be relied on an API version. */
public enum Stage {
  /** Works for at least three years after a deprecation notice. */
  STABLE,
  /** May go without notice. */
  PREVIEW
}
