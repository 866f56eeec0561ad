package io.vaxel.common.identifier;

import io.vaxel.common.identifier.CommunicationIdentifier.CommunicationUser;
import io.vaxel.common.identifier.CommunicationIdentifier.MicrosoftTeamsApp;
import io.vaxel.common.identifier.CommunicationIdentifier.MicrosoftTeamsUser;
import io.vaxel.common.identifier.CommunicationIdentifier.PhoneNumber;
import io.vaxel.common.identifier.CommunicationIdentifier.TeamsExtensionUser;
import io.vaxel.common.identifier.CommunicationIdentifier.Unknown;

/** Tells the kinds of raw ids apart by their prefix. */
final class RawIds {
  static final String PHONE = "4:";
  static final String TEAMS_VISITOR = "8:teamsvisitor:";

  private RawIds() {}

  static CommunicationIdentifier parse(String rawId) {
    if (rawId.startsWith(PHONE)) {
      return new PhoneNumber(rawId.substring(PHONE.length()));
    }
    int first = rawId.indexOf(':');
    int second = rawId.indexOf(':', first + 1);
    if (first < 0 || second < 0 || rawId.indexOf(':', second + 1) >= 0) {
      return new Unknown(rawId);
    }
    String rest = rawId.substring(second + 1);
    return switch (rawId.substring(0, second + 1)) {
      case TEAMS_VISITOR -> new MicrosoftTeamsUser(rest, true, Cloud.PUBLIC);
      case "8:orgid:" -> new MicrosoftTeamsUser(rest, false, Cloud.PUBLIC);
      case "8:gcch:" -> new MicrosoftTeamsUser(rest, false, Cloud.GCCH);
      case "8:dod:" -> new MicrosoftTeamsUser(rest, false, Cloud.DOD);
      case "28:orgid:" -> new MicrosoftTeamsApp(rest, Cloud.PUBLIC);
      case "28:gcch:" -> new MicrosoftTeamsApp(rest, Cloud.GCCH);
      case "28:dod:" -> new MicrosoftTeamsApp(rest, Cloud.DOD);
      case "8:acs:" -> user(rawId, rest, Cloud.PUBLIC);
      case "8:gcch-acs:" -> user(rawId, rest, Cloud.GCCH);
      case "8:dod-acs:" -> user(rawId, rest, Cloud.DOD);
      case "8:spool:" -> new CommunicationUser(rawId);
      default -> new Unknown(rawId);
    };
  }

  /** Three parts between underscores are a Teams user behind a resource, anything else our user. */
  private static CommunicationIdentifier user(String rawId, String rest, Cloud cloud) {
    int first = rest.indexOf('_');
    int second = rest.indexOf('_', first + 1);
    if (first < 0 || second < 0 || rest.indexOf('_', second + 1) >= 0) {
      return new CommunicationUser(rawId);
    }
    return new TeamsExtensionUser(
        rest.substring(second + 1),
        rest.substring(first + 1, second),
        rest.substring(0, first),
        cloud);
  }
}
