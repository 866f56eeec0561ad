package io.vaxel.common.identifier;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a user of one of this server's resources: {@code 8:acs:<resource>_<user>}.
 *
 * @param resourceId the immutable id of the resource that the user belongs to
 * @param user what tells users of that resource apart
 */
public record UserId(UUID resourceId, UUID user) {
  private static final String GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern FORM = Pattern.compile("8:acs:(" + GUID + ")_(" + GUID + ")");

  /** The id that a raw id of exactly this form, in lower case, stands for. */
  public static Optional<UserId> parse(String rawId) {
    Matcher matcher = FORM.matcher(rawId);
    return matcher.matches()
        ? Optional.of(
            new UserId(UUID.fromString(matcher.group(1)), UUID.fromString(matcher.group(2))))
        : Optional.empty();
  }

  /** The raw id. */
  public String rawId() {
    return "8:acs:" + resourceId + "_" + user;
  }

  @Override
  public String toString() {
    return rawId();
  }
}
