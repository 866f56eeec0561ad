package io.vaxel.control.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.implementation.models.CommunicationErrorResponseException;
import com.azure.communication.identity.models.CommunicationTokenScope;
import com.azure.communication.identity.models.GetTokenForTeamsUserOptions;
import com.azure.core.credential.AccessToken;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.vaxel.common.testing.FakeIssuer;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.ResourceSettings;
import io.vaxel.control.testing.Compatibility;
import io.vaxel.control.testing.StartedServer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the oldest Java SDK does not have: lifetimes and Teams users. */
class IdentityNewestJavaSdkTest {
  private static final List<CommunicationTokenScope> BOTH =
      List.of(CommunicationTokenScope.CHAT, CommunicationTokenScope.VOIP);

  static {
    // The SDK signs and sends the host without a port, which the JDK's client forbids by default.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  @TempDir private static Path folder;
  private static FakeIssuer issuer;
  private static StartedServer server;
  private static CommunicationIdentityClient client;

  @BeforeAll
  static void start() throws Exception {
    issuer = new FakeIssuer();
    server =
        new StartedServer(
            TestStorage.SQLITE,
            folder,
            new ResourceSettings("", 64, 600, List.of(issuer.settings())));
    client =
        new CommunicationIdentityClientBuilder()
            .connectionString(server.controlPlane().connectionString())
            .httpClient(
                new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(server.trusting()))
                    .build())
            .buildClient();
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.close();
  }

  private static void assertRefused(int status, String code, String target, Runnable call) {
    CommunicationErrorResponseException refusal =
        assertThrows(CommunicationErrorResponseException.class, call::run);
    assertEquals(status, refusal.getResponse().getStatusCode());
    assertEquals(code, refusal.getValue().getError().getCode());
    assertEquals(
        target, String.valueOf(refusal.getValue().getError().getTarget()).replace("null", ""));
  }

  private static void assertLifetime(Duration expected, AccessToken token) {
    Duration left = Duration.between(OffsetDateTime.now(ZoneOffset.UTC), token.getExpiresAt());
    assertTrue(left.compareTo(expected) <= 0, left.toString());
    assertTrue(left.compareTo(expected.minusMinutes(2)) > 0, left.toString());
  }

  @Test
  void issuesTokensOfAChosenLifetime() {
    CommunicationUserIdentifier user = client.createUser();
    for (Duration lifetime : List.of(Duration.ofMinutes(60), Duration.ofMinutes(1440))) {
      assertLifetime(lifetime, client.getToken(user, BOTH, lifetime));
    }
    for (Duration lifetime : List.of(Duration.ofMinutes(59), Duration.ofMinutes(1441))) {
      assertRefused(
          400, "ValidationError", "expiresInMinutes", () -> client.getToken(user, BOTH, lifetime));
    }
  }

  @Test
  void exchangesTheTokenOfATeamsUser() throws Exception {
    String token =
        issuer.sign(
            issuer.claims(Instant.now()).audience("api://users").claim("azp", "app-1").build());
    AccessToken exchanged =
        client.getTokenForTeamsUser(new GetTokenForTeamsUserOptions(token, "app-1", "subject-1"));
    assertLifetime(Duration.ofHours(1), exchanged);
    assertTrue(
        server
            .controlPlane()
            .identity()
            .tokenAuthenticator()
            .authenticate(exchanged.getToken())
            .userId()
            .startsWith("8:acs:"));
    assertRefused(
        401,
        "InvalidAccessToken",
        "",
        () ->
            client.getTokenForTeamsUser(
                new GetTokenForTeamsUserOptions("nonsense", "app-1", "subject-1")));
    assertRefused(
        401,
        "InvalidAccessToken",
        "",
        () ->
            client.getTokenForTeamsUser(
                new GetTokenForTeamsUserOptions(token, "app-2", "subject-1")));
    Compatibility.passed("identity", "getTokenForTeamsUser", CommunicationIdentityClient.class);
  }
}
