package io.vaxel.control;

import static io.vaxel.control.testing.RestHarness.VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.phonenumbers.InventoryList;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two resources side by side: what one has is refused when it is asked for with the other's key,
 * and stays as it was. A service adds its identifiers in {@link #identifiers}.
 */
@ParameterizedClass
@EnumSource(TestStorage.class)
class IsolationTest {
  private final TestStorage storage;
  @TempDir private Path folder;

  IsolationTest(TestStorage storage) {
    this.storage = storage;
  }

  /** A number is in the inventory once. */
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /**
   * An operation that takes an identifier.
   *
   * @param target path and query, with the identifier
   * @param body that would do something
   * @param refusal what the other resource's caller gets, as {@link Answer#error} says it; starts
   *     with this
   * @param stillThere an operation of the owner that shows that nothing happened, answered with 200
   */
  private record Operation(
      String method, String target, @Nullable String body, String refusal, Owner stillThere) {}

  /** A request of the owner. */
  private record Owner(String method, String target, @Nullable String body) {}

  /** Makes one of everything in a resource and names every operation on it. */
  private static List<Operation> identifiers(RestHarness rest, String key) throws Exception {
    List<Operation> operations = new ArrayList<>();
    identity(rest, key, operations);
    rooms(rest, key, operations);
    phoneNumbers(rest, key, operations);
    return operations;
  }

  private static void rooms(RestHarness rest, String key, List<Operation> operations)
      throws Exception {
    String version = "?api-version=2025-03-13";
    String room = rest.callWith(key, "POST", "/rooms" + version, "{}").json().get("id").asText();
    String path = "/rooms/" + room;
    String participants = path + "/participants" + version;
    Owner get = new Owner("GET", path + version, null);
    operations.add(new Operation("GET", path + version, null, "404", get));
    operations.add(
        new Operation("PATCH", path + version, "{\"pstnDialOutEnabled\":true}", "404", get));
    operations.add(new Operation("GET", participants, null, "404", get));
    operations.add(new Operation("PATCH", participants, "{\"participants\":{}}", "404", get));
    operations.add(new Operation("DELETE", path + version, null, "404", get));
  }

  private static void phoneNumbers(RestHarness rest, String key, List<Operation> operations)
      throws Exception {
    String version = "?api-version=2025-06-01";
    String id = "1425" + (5_551_000 + NUMBERS.incrementAndGet());
    rest.controlPlane()
        .phoneNumbers()
        .stock()
        .add(InventoryList.ofCsv("number,type,calling\n+" + id + ",geographic,inbound\n"));
    String reservation = "/availablePhoneNumbers/reservations/" + UUID.randomUUID();
    String reserve = "{\"phoneNumbers\":{\"" + id + "\":{}}}";
    assertEquals(201, rest.callWith(key, "PATCH", reservation + version, reserve).status());
    Answer purchase = rest.callWith(key, "POST", reservation + "/:purchase" + version, "{}");
    assertEquals(202, purchase.status());
    rest.controlPlane().runBackgroundWork();

    String number = "/phoneNumbers/+" + id;
    Owner read = new Owner("GET", number + version, null);
    String refusal = "403 InsufficientPermissions phonenumber";
    operations.add(new Operation("GET", number + version, null, refusal, read));
    operations.add(new Operation("DELETE", number + version, null, refusal, read));
    operations.add(
        new Operation(
            "PATCH", number + "/capabilities" + version, "{\"sms\":\"none\"}", refusal, read));

    Owner readReservation = new Owner("GET", reservation + version, null);
    String noReservation = "404 NotFound reservationId";
    operations.add(
        new Operation("GET", reservation + version, null, noReservation, readReservation));
    operations.add(
        new Operation("DELETE", reservation + version, null, noReservation, readReservation));
    operations.add(
        new Operation(
            "POST", reservation + "/:purchase" + version, "{}", noReservation, readReservation));

    String operation =
        "/phoneNumbers/operations/" + purchase.headers().get("operation-id") + version;
    Owner readOperation = new Owner("GET", operation, null);
    String noOperation = "404 NotFound operationId";
    operations.add(new Operation("GET", operation, null, noOperation, readOperation));
    operations.add(new Operation("DELETE", operation, null, noOperation, readOperation));
  }

  private static void identity(RestHarness rest, String key, List<Operation> operations)
      throws Exception {
    String user =
        rest.callWith(key, "POST", "/identities" + VERSION, "{\"externalId\":\"ada\"}")
            .json()
            .at("/identity/id")
            .asText();
    String path = "/identities/" + user;
    String scopes = "{\"scopes\":[\"voip\"]}";
    Owner issue = new Owner("POST", path + "/:issueAccessToken" + VERSION, scopes);
    String refusal = "401 IdentityNotOwned";
    operations.add(new Operation("GET", path + VERSION, null, refusal, issue));
    operations.add(
        new Operation("POST", path + "/:issueAccessToken" + VERSION, scopes, refusal, issue));
    operations.add(
        new Operation("POST", path + "/:revokeAccessTokens" + VERSION, null, refusal, issue));
    operations.add(new Operation("DELETE", path + VERSION, null, refusal, issue));

    String assignment =
        "/access/teamsExtension/tenants/11111111-2222-3333-4444-555555555555"
            + "/assignments/66666666-7777-8888-9999-000000000000"
            + VERSION;
    Answer made = rest.callWith(key, "PUT", assignment, "{\"principalType\":\"user\"}");
    assertEquals(201, made.status());
    operations.add(
        new Operation("GET", assignment, null, "404 NotFound", new Owner("GET", assignment, null)));
  }

  @Test
  void whatOneHasIsRefusedToTheOther() throws Exception {
    try (RestHarness rest = new RestHarness(storage, folder, false)) {
      String first = rest.createResource("first");
      String second = rest.createResource("second");
      for (String[] pair : new String[][] {{first, second}, {second, first}, {first, rest.key()}}) {
        for (Operation operation : identifiers(rest, pair[0])) {
          Answer refused =
              rest.callWith(pair[1], operation.method(), operation.target(), operation.body());
          assertTrue(
              refused.error().startsWith(operation.refusal()),
              () -> operation + " was answered with " + refused);
          Owner owner = operation.stillThere();
          assertEquals(
              200,
              rest.callWith(pair[0], owner.method(), owner.target(), owner.body()).status(),
              () -> operation + " did something");
        }
        removeAssignment(rest, pair[0]);
      }
    }
  }

  /** The same assignment in another resource is another one. */
  private static void removeAssignment(RestHarness rest, String key) throws Exception {
    assertEquals(
        204,
        rest.callWith(
                key,
                "DELETE",
                "/access/teamsExtension/tenants/11111111-2222-3333-4444-555555555555"
                    + "/assignments/66666666-7777-8888-9999-000000000000"
                    + VERSION,
                null)
            .status());
  }

  @Test
  void anExternalIdMeansAnotherUserInAnotherResource() throws Exception {
    try (RestHarness rest = new RestHarness(storage, folder, false)) {
      String first = rest.createResource("first");
      String second = rest.createResource("second");
      String body = "{\"externalId\":\"ada\"}";
      Answer made = rest.callWith(first, "POST", "/identities" + VERSION, body);
      Answer other = rest.callWith(second, "POST", "/identities" + VERSION, body);
      assertEquals(201, made.status());
      assertEquals(201, other.status());
      assertEquals(made.json(), rest.callWith(first, "POST", "/identities" + VERSION, body).json());
    }
  }
}
