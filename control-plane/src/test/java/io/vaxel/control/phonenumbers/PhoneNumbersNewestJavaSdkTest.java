package io.vaxel.control.phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.communication.phonenumbers.PhoneNumbersClient;
import com.azure.communication.phonenumbers.PhoneNumbersClientBuilder;
import com.azure.communication.phonenumbers.models.PhoneNumberAreaCode;
import com.azure.communication.phonenumbers.models.PhoneNumberAssignmentType;
import com.azure.communication.phonenumbers.models.PhoneNumberCapabilityType;
import com.azure.communication.phonenumbers.models.PhoneNumberLocality;
import com.azure.communication.phonenumbers.models.PhoneNumberType;
import com.azure.core.exception.HttpResponseException;
import io.vaxel.control.testing.Compatibility;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Java SDK against a started server, what the oldest does not have. */
class PhoneNumbersNewestJavaSdkTest {
  @TempDir private static Path folder;
  private static SdkServer server;
  private static PhoneNumbersClient client;

  @BeforeAll
  static void start() throws Exception {
    server = new SdkServer(folder);
    client =
        new PhoneNumbersClientBuilder()
            .connectionString(server.connectionString())
            .httpClient(server.http())
            .buildClient();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void passed(String operation) {
    Compatibility.passed("phonenumbers", operation, PhoneNumbersClient.class);
  }

  @Test
  void listsCountries() {
    var countries = client.listAvailableCountries().stream().toList();
    assertEquals(1, countries.size());
    assertEquals("US", countries.getFirst().getCountryCode());
    assertEquals("United States", countries.getFirst().getLocalizedName());
    passed("listCountries");
  }

  @Test
  void listsAreaCodes() {
    assertEquals(
        List.of("800", "833", "888"),
        client.listAvailableTollFreeAreaCodes("US").stream()
            .map(PhoneNumberAreaCode::getAreaCode)
            .toList());
    assertEquals(
        List.of("212"),
        client
            .listAvailableGeographicAreaCodes(
                "US", PhoneNumberAssignmentType.PERSON, "New York City", "NY")
            .stream()
            .map(PhoneNumberAreaCode::getAreaCode)
            .toList());
    passed("listAreaCodes");
  }

  @Test
  void listsLocalities() {
    assertEquals(
        List.of("Bellevue", "Seattle"),
        client.listAvailableLocalities("US", "WA").stream()
            .map(PhoneNumberLocality::getLocalizedName)
            .toList());
    assertEquals(5, client.listAvailableLocalities("US", null).stream().count());
    passed("listLocalities");
  }

  @Test
  void listsOfferings() {
    var offerings =
        client
            .listAvailableOfferings(
                "US", PhoneNumberType.GEOGRAPHIC, PhoneNumberAssignmentType.APPLICATION)
            .stream()
            .toList();
    assertEquals(1, offerings.size());
    assertEquals(
        PhoneNumberCapabilityType.INBOUND_OUTBOUND,
        offerings.getFirst().getAvailableCapabilities().getSms());
    assertEquals(1.0, offerings.getFirst().getCost().getAmount());
    passed("listOfferings");
  }

  @Test
  void thereIsNoSuchCountry() {
    HttpResponseException refusal =
        assertThrows(
            HttpResponseException.class,
            () -> client.listAvailableTollFreeAreaCodes("ZZ").stream().toList());
    assertEquals(404, refusal.getResponse().getStatusCode());
  }
}
