package io.vaxel.control.phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.communication.phonenumbers.PhoneNumbersAsyncClient;
import com.azure.communication.phonenumbers.PhoneNumbersClient;
import com.azure.communication.phonenumbers.PhoneNumbersClientBuilder;
import com.azure.communication.phonenumbers.implementation.models.CommunicationErrorResponseException;
import com.azure.communication.phonenumbers.models.PhoneNumberAssignmentType;
import com.azure.communication.phonenumbers.models.PhoneNumberCapabilities;
import com.azure.communication.phonenumbers.models.PhoneNumberCapabilityType;
import com.azure.communication.phonenumbers.models.PhoneNumberErrorResponseException;
import com.azure.communication.phonenumbers.models.PhoneNumberOperation;
import com.azure.communication.phonenumbers.models.PhoneNumberSearchOptions;
import com.azure.communication.phonenumbers.models.PhoneNumberSearchResult;
import com.azure.communication.phonenumbers.models.PhoneNumberType;
import com.azure.communication.phonenumbers.models.PurchasedPhoneNumber;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.util.Context;
import com.azure.core.util.polling.AsyncPollResponse;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.PollerFlux;
import com.azure.core.util.polling.SyncPoller;
import io.vaxel.control.testing.Compatibility;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Java SDK against a started server, what the oldest has too. */
class PhoneNumbersJavaSdkTest {
  private static final Duration FAST = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static SdkServer server;
  private static PhoneNumbersClient client;
  private static PhoneNumbersAsyncClient asyncClient;

  @BeforeAll
  static void start() throws Exception {
    server = new SdkServer(folder);
    PhoneNumbersClientBuilder builder =
        new PhoneNumbersClientBuilder()
            .connectionString(server.connectionString())
            .httpClient(server.http());
    client = builder.buildClient();
    asyncClient = builder.buildAsyncClient();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void passed(String operation) {
    Compatibility.passed("phonenumbers", operation, PhoneNumbersClient.class);
  }

  private static PhoneNumberCapabilities capabilities(
      PhoneNumberCapabilityType calling, PhoneNumberCapabilityType sms) {
    return new PhoneNumberCapabilities().setCalling(calling).setSms(sms);
  }

  private static final PhoneNumberCapabilities WANTED =
      capabilities(PhoneNumberCapabilityType.OUTBOUND, PhoneNumberCapabilityType.INBOUND_OUTBOUND);

  private static SyncPoller<PhoneNumberOperation, PhoneNumberSearchResult> search(int quantity) {
    return client
        .beginSearchAvailablePhoneNumbers(
            "US",
            PhoneNumberType.TOLL_FREE,
            PhoneNumberAssignmentType.APPLICATION,
            WANTED,
            new PhoneNumberSearchOptions().setAreaCode("833").setQuantity(quantity),
            Context.NONE)
        .setPollInterval(FAST);
  }

  private static <T> T done(SyncPoller<PhoneNumberOperation, T> poller) {
    assertEquals(
        LongRunningOperationStatus.SUCCESSFULLY_COMPLETED,
        poller.setPollInterval(FAST).waitForCompletion(PATIENCE).getStatus());
    return poller.getFinalResult();
  }

  private static <T> T done(PollerFlux<PhoneNumberOperation, T> poller) {
    AsyncPollResponse<PhoneNumberOperation, T> last =
        Objects.requireNonNull(poller.setPollInterval(FAST).blockLast(PATIENCE));
    assertEquals(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED, last.getStatus());
    return Objects.requireNonNull(last.getFinalResult().block(PATIENCE));
  }

  private static void refused(int status, String code, String target, Runnable call) {
    HttpResponseException refusal = assertThrows(HttpResponseException.class, call::run);
    assertEquals(status, refusal.getResponse().getStatusCode());
    // The same refusal comes as one class or the other, by method and version.
    if (refusal instanceof PhoneNumberErrorResponseException pollers) {
      assertEquals(code, pollers.getValue().getCode());
      assertEquals(target, pollers.getValue().getTarget());
    } else {
      CommunicationErrorResponseException plain =
          assertInstanceOf(CommunicationErrorResponseException.class, refusal);
      assertEquals(code, plain.getValue().getError().getCode());
      assertEquals(target, plain.getValue().getError().getTarget());
    }
  }

  @Test
  void searchesBuysReadsChangesAndReleases() {
    PhoneNumberSearchResult found = done(search(2));
    assertEquals(2, found.getPhoneNumbers().size());
    assertTrue(found.getPhoneNumbers().stream().allMatch(number -> number.startsWith("+1833555")));
    assertEquals(2.0, found.getCost().getAmount());
    assertTrue(
        found.getSearchExpiresBy().isAfter(OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(14)));
    passed("search");
    passed("getSearchResult");
    passed("getOperation");
    done(client.beginPurchasePhoneNumbers(found.getSearchId()));
    passed("purchase");

    String number = found.getPhoneNumbers().getFirst();
    PurchasedPhoneNumber bought = client.getPurchasedPhoneNumber(number);
    assertEquals(number.substring(1), bought.getId());
    assertEquals("US", bought.getCountryCode());
    assertEquals(PhoneNumberCapabilityType.OUTBOUND, bought.getCapabilities().getCalling());
    assertEquals(PhoneNumberCapabilityType.INBOUND_OUTBOUND, bought.getCapabilities().getSms());
    passed("getByNumber");

    PurchasedPhoneNumber changed =
        done(
            client.beginUpdatePhoneNumberCapabilities(
                number,
                capabilities(
                    PhoneNumberCapabilityType.INBOUND, PhoneNumberCapabilityType.OUTBOUND)));
    assertEquals(PhoneNumberCapabilityType.INBOUND, changed.getCapabilities().getCalling());
    assertEquals(PhoneNumberCapabilityType.OUTBOUND, changed.getCapabilities().getSms());
    passed("updateCapabilities");

    for (String each : found.getPhoneNumbers()) {
      done(client.beginReleasePhoneNumber(each));
    }
    refused(
        403,
        "InsufficientPermissions",
        "phonenumber",
        () -> client.getPurchasedPhoneNumber(number));
    passed("release");
  }

  @Test
  void theAsynchronousClientDoesTheSame() {
    PhoneNumberSearchResult found =
        done(
            asyncClient.beginSearchAvailablePhoneNumbers(
                "US",
                PhoneNumberType.GEOGRAPHIC,
                PhoneNumberAssignmentType.PERSON,
                WANTED,
                new PhoneNumberSearchOptions().setQuantity(1)));
    String number = found.getPhoneNumbers().getFirst();
    assertTrue(number.startsWith("+1212555"));
    AsyncPollResponse<?, ?> bought =
        Objects.requireNonNull(
            asyncClient
                .beginPurchasePhoneNumbers(found.getSearchId())
                .setPollInterval(FAST)
                .blockLast(PATIENCE));
    assertEquals(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED, bought.getStatus());
    PurchasedPhoneNumber changed =
        done(
            asyncClient.beginUpdatePhoneNumberCapabilities(
                number,
                capabilities(PhoneNumberCapabilityType.NONE, PhoneNumberCapabilityType.INBOUND)));
    assertEquals(PhoneNumberCapabilityType.NONE, changed.getCapabilities().getCalling());
    assertEquals(
        number,
        Objects.requireNonNull(asyncClient.getPurchasedPhoneNumber(number).block(PATIENCE))
            .getPhoneNumber());
    AsyncPollResponse<?, ?> released =
        Objects.requireNonNull(
            asyncClient.beginReleasePhoneNumber(number).setPollInterval(FAST).blockLast(PATIENCE));
    assertEquals(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED, released.getStatus());
  }

  @Test
  void listsEveryNumberOverAllPages() {
    List<String> bought = new ArrayList<>();
    // More than the hundred of a page.
    for (String areaCode : List.of("206", "312", "415")) {
      PhoneNumberSearchResult found =
          done(
              client.beginSearchAvailablePhoneNumbers(
                  "US",
                  PhoneNumberType.GEOGRAPHIC,
                  PhoneNumberAssignmentType.APPLICATION,
                  WANTED,
                  new PhoneNumberSearchOptions().setAreaCode(areaCode).setQuantity(40),
                  Context.NONE));
      done(client.beginPurchasePhoneNumbers(found.getSearchId()));
      bought.addAll(found.getPhoneNumbers());
    }
    List<String> listed =
        client.listPurchasedPhoneNumbers().stream()
            .map(PurchasedPhoneNumber::getPhoneNumber)
            .toList();
    assertTrue(listed.containsAll(bought));
    assertEquals(listed.stream().distinct().count(), listed.size());
    assertTrue(client.listPurchasedPhoneNumbers().streamByPage().count() >= 2);
    passed("listPhoneNumbers");
  }

  @Test
  void anOperationIsCancelled() {
    var poller = search(1);
    poller.poll();
    poller.cancelOperation();
    passed("cancelOperation");
  }

  @Test
  void aSearchThatFindsTooLittleFails() {
    // The first poll is part of beginning, and may see the end already.
    RuntimeException failure =
        assertThrows(
            RuntimeException.class,
            () ->
                client
                    .beginSearchAvailablePhoneNumbers(
                        "US",
                        PhoneNumberType.TOLL_FREE,
                        PhoneNumberAssignmentType.APPLICATION,
                        WANTED,
                        new PhoneNumberSearchOptions().setAreaCode("999").setQuantity(1),
                        Context.NONE)
                    .setPollInterval(FAST)
                    .waitForCompletion(PATIENCE));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("not enough phone numbers"),
        failure.toString());
  }

  @Test
  void theSameIsNotBoughtTwice() {
    PhoneNumberSearchResult found = done(search(1));
    done(client.beginPurchasePhoneNumbers(found.getSearchId()));
    refused(
        409,
        "Conflict",
        "searchId",
        () -> client.beginPurchasePhoneNumbers(found.getSearchId()).poll());
    done(client.beginReleasePhoneNumber(found.getPhoneNumbers().getFirst()));
  }

  @Test
  void refusalsAreDocumented() {
    refused(404, "NotFound", "phonenumber", () -> client.getPurchasedPhoneNumber("+14255550999"));
    refused(400, "ValidationError", "phoneNumber", () -> client.getPurchasedPhoneNumber("12"));
    refused(
        403,
        "InsufficientPermissions",
        "phonenumber",
        () -> client.beginReleasePhoneNumber("+18005550149").poll());
    refused(
        404,
        "NotFound",
        "searchId",
        () -> client.beginPurchasePhoneNumbers(UUID.randomUUID().toString()).poll());
    refused(
        404,
        "NotFound",
        "countryCode",
        () ->
            client
                .beginSearchAvailablePhoneNumbers(
                    "ZZ", PhoneNumberType.TOLL_FREE, PhoneNumberAssignmentType.APPLICATION, WANTED)
                .poll());
    PhoneNumbersClient stranger =
        new PhoneNumbersClientBuilder()
            .connectionString(
                server.connectionString().replaceFirst("accesskey=.*", "accesskey=AAECAwQFBgc="))
            .httpClient(server.http())
            .buildClient();
    HttpResponseException denied =
        assertThrows(
            HttpResponseException.class, () -> stranger.getPurchasedPhoneNumber("+14255550100"));
    assertEquals(401, denied.getResponse().getStatusCode());
  }
}
