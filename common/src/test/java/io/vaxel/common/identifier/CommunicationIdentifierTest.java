package io.vaxel.common.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.identifier.CommunicationIdentifier.CommunicationUser;
import io.vaxel.common.identifier.CommunicationIdentifier.MicrosoftTeamsApp;
import io.vaxel.common.identifier.CommunicationIdentifier.MicrosoftTeamsUser;
import io.vaxel.common.identifier.CommunicationIdentifier.PhoneNumber;
import io.vaxel.common.identifier.CommunicationIdentifier.TeamsExtensionUser;
import io.vaxel.common.identifier.CommunicationIdentifier.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommunicationIdentifierTest {
  private static CommunicationIdentifier parse(String rawId) {
    return CommunicationIdentifier.parse(rawId);
  }

  @Test
  void usersKeepTheirWholeRawId() {
    for (String rawId :
        new String[] {"8:acs:r_u", "8:gcch-acs:r_u", "8:dod-acs:r", "8:spool:x_y_z"}) {
      assertEquals(new CommunicationUser(rawId), parse(rawId));
    }
  }

  @Test
  void threePartsAreATeamsExtensionUser() {
    assertEquals(new TeamsExtensionUser("u", "t", "r", Cloud.PUBLIC), parse("8:acs:r_t_u"));
    assertEquals(new TeamsExtensionUser("u", "t", "r", Cloud.GCCH), parse("8:gcch-acs:r_t_u"));
    assertEquals(new TeamsExtensionUser("u", "t", "r", Cloud.DOD), parse("8:dod-acs:r_t_u"));
    assertEquals(new CommunicationUser("8:acs:a_b_c_d"), parse("8:acs:a_b_c_d"));
  }

  @Test
  void telephoneNumbersMayBeAnonymousOrAsserted() {
    PhoneNumber plain = (PhoneNumber) parse("4:+14255550123");
    assertEquals("+14255550123", plain.value());
    assertFalse(plain.isAnonymous());
    assertNull(plain.assertedId());
    assertTrue(((PhoneNumber) parse("4:anonymous")).isAnonymous());
    assertEquals("77", ((PhoneNumber) parse("4:+14255550123_77")).assertedId());
    assertNull(((PhoneNumber) parse("4:+14255550123_")).assertedId());
  }

  @Test
  void teamsUsersAndAppsTellTheirCloud() {
    assertEquals(new MicrosoftTeamsUser("u", false, Cloud.PUBLIC), parse("8:orgid:u"));
    assertEquals(new MicrosoftTeamsUser("u", false, Cloud.GCCH), parse("8:gcch:u"));
    assertEquals(new MicrosoftTeamsUser("u", false, Cloud.DOD), parse("8:dod:u"));
    assertEquals(new MicrosoftTeamsUser("u", true, Cloud.PUBLIC), parse("8:teamsvisitor:u"));
    assertEquals(new MicrosoftTeamsApp("a", Cloud.PUBLIC), parse("28:orgid:a"));
    assertEquals(new MicrosoftTeamsApp("a", Cloud.GCCH), parse("28:gcch:a"));
    assertEquals(new MicrosoftTeamsApp("a", Cloud.DOD), parse("28:dod:a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "8:", "8:acs", "8:acs:a:b", "28:a", "28:acs:a", "48:x:y", ":::", "8::"})
  void anythingElseIsUnknown(String rawId) {
    assertEquals(new Unknown(rawId), parse(rawId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "x", "8:acs:r_u", "8:acs:r_t_u", "8:gcch-acs:r_t_u", "8:dod-acs:r_t_u", "8:spool:x",
        "4:", "4:+1425", "4:anonymous", "4:+1425_9", "8:orgid:u", "8:gcch:u", "8:dod:u",
        "8:teamsvisitor:u", "28:orgid:a", "28:gcch:a", "28:dod:a", "8:acs:a:b", "8:acs:__"
      })
  void printingGivesBackWhatWasParsed(String rawId) {
    assertEquals(rawId, parse(rawId).rawId());
  }

  @Test
  void userIdsHaveOneSpelling() {
    String rawId =
        "8:acs:3f2504e0-4f89-41d3-9a0c-0305e82c3301_0e984725-c51c-4bf4-9960-e1c80e27aba0";
    assertEquals(rawId, UserId.parse(rawId).orElseThrow().rawId());
    for (String other :
        new String[] {
          "",
          "8:acs:a_b",
          rawId.replace('e', 'E'),
          rawId + " ",
          rawId + "\n",
          rawId.substring(2),
          rawId.replace("8:acs:3f2504e0-", "8:acs:")
        }) {
      assertTrue(UserId.parse(other).isEmpty(), other);
    }
  }
}
