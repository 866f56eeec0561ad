package io.vaxel.common.identifier;

import org.jspecify.annotations.Nullable;

/**
 * Somebody or something that takes part in a communication, in the kinds that ACS has. Parsed from
 * and printed as a raw id, by the rules of the JavaScript SDK 2.5; printing gives back exactly what
 * was parsed.
 */
public sealed interface CommunicationIdentifier {

  /** The one string that stands for this identifier everywhere. */
  String rawId();

  /** The identifier that a raw id stands for. Every string is one: what fits nothing is unknown. */
  static CommunicationIdentifier parse(String rawId) {
    return RawIds.parse(rawId);
  }

  /**
   * A user of a communication resource.
   *
   * @param rawId such as {@code 8:acs:<resource>_<user>}; it is the id as a whole
   */
  record CommunicationUser(String rawId) implements CommunicationIdentifier {}

  /**
   * A telephone number.
   *
   * @param value the number in E.164 form, with what follows it in the raw id
   */
  record PhoneNumber(String value) implements CommunicationIdentifier {
    private static final String ANONYMOUS = "anonymous";

    @Override
    public String rawId() {
      return RawIds.PHONE + value;
    }

    /** Whether the caller withheld the number. */
    public boolean isAnonymous() {
      return value.equals(ANONYMOUS);
    }

    /** What tells apart several parties with the same number, when the raw id says so. */
    public @Nullable String assertedId() {
      int at = value.lastIndexOf('_') + 1;
      return isAnonymous() || at == 0 || at == value.length() ? null : value.substring(at);
    }
  }

  /**
   * A person in Microsoft Teams.
   *
   * @param userId the object id of the account, or of the visit when anonymous
   * @param isAnonymous whether it is a visitor without an account
   * @param cloud where the account lives; a visitor's raw id does not say, it is then public
   */
  record MicrosoftTeamsUser(String userId, boolean isAnonymous, Cloud cloud)
      implements CommunicationIdentifier {
    @Override
    public String rawId() {
      return (isAnonymous ? RawIds.TEAMS_VISITOR : "8:" + cloud.teamsName() + ":") + userId;
    }
  }

  /**
   * An application in Microsoft Teams.
   *
   * @param appId its id
   * @param cloud where it lives
   */
  record MicrosoftTeamsApp(String appId, Cloud cloud) implements CommunicationIdentifier {
    @Override
    public String rawId() {
      return "28:" + cloud.teamsName() + ":" + appId;
    }
  }

  /**
   * A Teams user who is reached through a communication resource.
   *
   * @param userId the user
   * @param tenantId the tenant of the user
   * @param resourceId the communication resource
   * @param cloud where the resource lives
   */
  record TeamsExtensionUser(String userId, String tenantId, String resourceId, Cloud cloud)
      implements CommunicationIdentifier {
    @Override
    public String rawId() {
      return "8:" + cloud.acsName() + ":" + resourceId + "_" + tenantId + "_" + userId;
    }
  }

  /**
   * Anything else.
   *
   * @param rawId the string as it came
   */
  record Unknown(String rawId) implements CommunicationIdentifier {}
}
