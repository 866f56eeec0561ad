package io.vaxel.control.resourcemanager;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state that a request expects (RFC 9110, section 13).
 *
 * @param ifMatch the entity tag that the resource must have, {@code *} for any; null: no matter
 * @param ifNoneMatch {@code *} when there must be no resource; null: no matter
 */
public record Precondition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
  /** The entity tag of a version. */
  static String tag(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Whether the caller insists on one version, so that a change by others is not to be repeated.
   */
  boolean namesVersion() {
    return ifMatch != null && !ifMatch.equals("*");
  }

  void require(Optional<CommunicationResource> existing) {
    boolean matches =
        ifMatch == null
            || existing
                .map(found -> ifMatch.equals("*") || ifMatch.equals(tag(found.version())))
                .orElse(false);
    if (!matches || (ifNoneMatch != null && existing.isPresent())) {
      throw ArmErrors.preconditionFailed();
    }
  }
}
