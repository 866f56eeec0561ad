package io.vaxel.control.phonenumbers.siprouting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.communication.phonenumbers.siprouting.SipRoutingAsyncClient;
import com.azure.communication.phonenumbers.siprouting.SipRoutingClient;
import com.azure.communication.phonenumbers.siprouting.SipRoutingClientBuilder;
import com.azure.communication.phonenumbers.siprouting.models.SipTrunkRoute;
import com.azure.core.exception.HttpResponseException;
import io.vaxel.control.phonenumbers.SdkServer;
import io.vaxel.control.testing.Compatibility;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Java SDK against a started server; its oldest has no SIP routing. */
class SipRoutingNewestJavaSdkTest {
  private static final com.azure.communication.phonenumbers.siprouting.models.SipTrunk FIRST =
      trunk("sbc1.example.com", 5061);
  private static final com.azure.communication.phonenumbers.siprouting.models.SipTrunk SECOND =
      trunk("sbc2.example.com", 5062);

  @TempDir private Path folder;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private SdkServer server;

  @SuppressWarnings("NullAway.Init")
  private SipRoutingClient client;

  @SuppressWarnings("NullAway.Init")
  private SipRoutingAsyncClient asyncClient;

  @BeforeEach
  void start() throws Exception {
    server = new SdkServer(folder);
    SipRoutingClientBuilder builder =
        new SipRoutingClientBuilder()
            .connectionString(server.connectionString())
            .httpClient(server.http());
    client = builder.buildClient();
    asyncClient = builder.buildAsyncClient();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static com.azure.communication.phonenumbers.siprouting.models.SipTrunk trunk(
      String fqdn, int port) {
    return new com.azure.communication.phonenumbers.siprouting.models.SipTrunk(fqdn, port);
  }

  private static SipTrunkRoute route(String name, String... trunks) {
    return new SipTrunkRoute(name, "^\\+1(425|206)\\d{7}$")
        .setDescription("calls by " + name)
        .setTrunks(List.of(trunks));
  }

  private static void refused(Runnable call) {
    HttpResponseException refusal = assertThrows(HttpResponseException.class, call::run);
    assertEquals(400, refusal.getResponse().getStatusCode());
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("UnprocessableConfiguration")
            || String.valueOf(refusal.getMessage()).contains("inputs are not valid"),
        refusal.toString());
  }

  @Test
  void setsAndRemovesTrunksAndRoutes() {
    assertEquals(0, client.listTrunks().stream().count());
    client.setTrunk(FIRST);
    client.setTrunks(List.of(FIRST, SECOND));
    assertEquals(5062, client.getTrunk("sbc2.example.com").getSipSignalingPort());
    client.setRoutes(
        List.of(
            route("b", "sbc2.example.com", "sbc1.example.com"), route("a", "sbc1.example.com")));
    List<SipTrunkRoute> routes = client.listRoutes().stream().toList();
    assertEquals(List.of("b", "a"), routes.stream().map(SipTrunkRoute::getName).toList());
    assertEquals(List.of("sbc2.example.com", "sbc1.example.com"), routes.getFirst().getTrunks());
    assertEquals("calls by b", routes.getFirst().getDescription());

    refused(() -> client.deleteTrunk("sbc1.example.com"));
    client.setRoutes(List.of());
    client.deleteTrunk("sbc1.example.com");
    assertEquals(1, client.listTrunks().stream().count());
    Compatibility.passed("siprouting", "get", SipRoutingClient.class);
    Compatibility.passed("siprouting", "update", SipRoutingClient.class);
  }

  @Test
  void theAsynchronousClientDoesTheSame() {
    asyncClient.setTrunks(List.of(FIRST, SECOND)).block();
    asyncClient.setRoutes(List.of(route("a", "sbc1.example.com"))).block();
    assertEquals(2, asyncClient.listTrunks().collectList().blockOptional().orElseThrow().size());
    assertEquals(1, asyncClient.listRoutes().collectList().blockOptional().orElseThrow().size());
    asyncClient.deleteTrunk("sbc2.example.com").block();
    assertEquals(1, client.listTrunks().stream().count());
  }

  @Test
  void refusalsAreDocumentedAndChangeNothing() {
    client.setTrunk(FIRST);
    client.setRoutes(List.of(route("a", "sbc1.example.com")));
    refused(() -> client.setTrunk(trunk("sbc1.example.com", 0)));
    refused(() -> client.setTrunk(trunk("_", 5061)));
    refused(() -> client.setRoutes(List.of(route("", "sbc1.example.com"))));
    refused(
        () ->
            client.setRoutes(
                List.of(route("a", "sbc1.example.com"), route("a", "sbc1.example.com"))));
    refused(() -> client.setRoutes(List.of(route("a", "sbc1.example.com", "sbc1.example.com"))));
    refused(() -> client.setRoutes(List.of(route("a", "none.example.com"))));
    assertEquals(5061, client.getTrunk("sbc1.example.com").getSipSignalingPort());
    assertEquals(1, client.listRoutes().stream().count());
  }
}
