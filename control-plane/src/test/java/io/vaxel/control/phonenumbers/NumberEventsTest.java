package io.vaxel.control.phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vaxel.common.event.EventSchema;
import io.vaxel.common.event.SubscriptionSpec;
import io.vaxel.control.testing.RestHarness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to numbers is told to who subscribed to it. */
class NumberEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "?api-version=2025-06-01";

  @TempDir private Path folder;
  private final List<JsonNode> events = Collections.synchronizedList(new ArrayList<>());

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode event = JSON.readTree(exchange.getRequestBody()).get(0);
    byte[] body = new byte[0];
    if (event.get("eventType").asText().endsWith("SubscriptionValidationEvent")) {
      String code = event.at("/data/validationCode").asText();
      body = ("{\"validationResponse\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8);
    } else {
      events.add(event);
    }
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void buyingChangingAndReleasingAreTold() throws Exception {
    HttpServer endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext("/", this::answer);
    endpoint.start();
    try (RestHarness rest = new RestHarness(folder, true)) {
      subscribe(rest, URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/"));
      String reservation = "/availablePhoneNumbers/reservations/" + UUID.randomUUID();
      String body = "{\"phoneNumbers\":{\"18005550100\":{}}}";
      assertEquals(201, rest.call("PATCH", reservation + VERSION, body).status());
      done(rest, "POST", reservation + "/:purchase", "{}");
      String number = "/phoneNumbers/+18005550100";
      done(rest, "PATCH", number + "/capabilities", "{\"sms\":\"inbound\"}");
      done(rest, "DELETE", number, null);
      // Refused: it tells nobody.
      assertEquals(403, rest.call("DELETE", number + VERSION, null).status());
    } finally {
      endpoint.stop(0);
    }
    assertEquals(
        List.of(
            "Microsoft.Communication.PhoneNumberPurchased inbound+outbound",
            "Microsoft.Communication.PhoneNumberCapabilitiesUpdated inbound",
            "Microsoft.Communication.PhoneNumberReleased inbound"),
        events.stream()
            .map(
                event ->
                    event.get("eventType").asText()
                        + " "
                        + event.at("/data/capabilities/sms").asText())
            .toList());
    assertEquals("/phonenumber/18005550100", events.getFirst().get("subject").asText());
    assertEquals("+18005550100", events.getFirst().at("/data/phoneNumber").asText());
  }

  private static void subscribe(RestHarness rest, URI endpoint) throws Exception {
    UUID resource =
        rest.database()
            .jdbi()
            .withHandle(
                sql ->
                    UUID.fromString(
                        sql.createQuery("select id from resources").mapTo(String.class).one()));
    rest.controlPlane()
        .events()
        .subscriptions()
        .put(
            resource,
            "test",
            new SubscriptionSpec(
                endpoint, EventSchema.EVENT_GRID, List.of(), "/phonenumber/", "", null, 1, 60),
            0);
    rest.controlPlane().runBackgroundWork();
  }

  private static void done(RestHarness rest, String method, String path, @Nullable String body)
      throws Exception {
    assertEquals(202, rest.call(method, path + VERSION, body).status());
    rest.controlPlane().runBackgroundWork();
  }
}
