package io.vaxel.common.token;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often each access key of a resource has been replaced.
 *
 * @param primary times that the primary key was
 * @param secondary times that the secondary key was
 */
public record KeyRotations(long primary, long secondary) {
  /** Of a resource whose keys are its first ones. */
  public static final KeyRotations NONE = new KeyRotations(0, 0);

  private static final Pattern CLAIM = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

  /** Whether both keys have been replaced since: what was issued then is void. */
  public boolean bothReplacedBy(KeyRotations now) {
    return now.primary > primary && now.secondary > secondary;
  }

  String toClaim() {
    return primary + "." + secondary;
  }

  static Optional<KeyRotations> ofClaim(String claim) {
    Matcher matcher = CLAIM.matcher(claim);
    return matcher.matches()
        ? Optional.of(
            new KeyRotations(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }
}
