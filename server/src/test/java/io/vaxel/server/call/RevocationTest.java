package io.vaxel.server.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.token.TokenScope;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.identity.IdentityService;
import io.vaxel.signaling.proto.Ping;
import io.vaxel.signaling.proto.ServerMessage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are revoked end the calls of those who hold them, at once. */
// Set before each test.
@SuppressWarnings("NullAway.Init")
final class RevocationTest {
  @TempDir private Path data;

  private TestServer server;
  private ControlPlane services;
  private String user;
  private RawCaller caller;

  @BeforeEach
  void join() throws Exception {
    server = TestServer.start(data);
    services = server.server().controlPlane();
    IdentityService identity = services.identity();
    user = identity.createUser();
    caller = server.connect();
    String token =
        identity.issueToken(user, EnumSet.of(TokenScope.VOIP), Duration.ofHours(1)).token();
    assertTrue(caller.hello(token).hasWelcome());
    assertTrue(caller.join(UUID.randomUUID().toString()).hasJoined());
  }

  @AfterEach
  void stop() {
    caller.close();
    server.close();
  }

  private int operator(String method, String path) throws Exception {
    String token = services.operatorTokens().issue(Duration.ofMinutes(5)).token();
    return server
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(server.server().localEndpoint() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                    method,
                    path.contains("regenerateKey")
                        ? HttpRequest.BodyPublishers.ofString(
                            "{\"keyType\":\"" + path.replaceFirst(".*#", "") + "\"}")
                        : HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private void assertEnded() throws Exception {
    ServerMessage ended = caller.await(ServerMessage::hasCallEnded);
    assertEquals(40105, ended.getCallEnded().getSubCode());
    assertEquals(40105, caller.await(ServerMessage::hasError).getError().getSubCode());
    assertEquals(1008, caller.awaitClose());
  }

  @Test
  void revokingEndsTheConnection() throws Exception {
    assertEquals(204, operator("POST", "admin/resources/default/users/" + user + "/:revoke"));
    assertEnded();
  }

  @Test
  void deletingTheUserEndsTheConnection() throws Exception {
    assertEquals(204, operator("DELETE", "admin/resources/default/users/" + user));
    assertEnded();
  }

  @Test
  void replacingBothKeysEndsTheConnection() throws Exception {
    String path =
        "subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/default/providers"
            + "/Microsoft.Communication/communicationServices/default/regenerateKey"
            + "?api-version=2025-09-01#";
    assertEquals(200, operator("POST", path + "Primary"));
    assertTrue(caller.ask(message -> message.setPing(Ping.getDefaultInstance())).hasPong());
    assertEquals(200, operator("POST", path + "Secondary"));
    assertEnded();
  }

  @Test
  void whatIsLiveIsCounted() throws Exception {
    String token = services.operatorTokens().issue(Duration.ofMinutes(5)).token();
    String counts =
        server
            .http()
            .send(
                HttpRequest.newBuilder(URI.create(server.server().localEndpoint() + "admin/live"))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    assertEquals("{\"connections\":1,\"calls\":1,\"participants\":1}", counts);
  }
}
