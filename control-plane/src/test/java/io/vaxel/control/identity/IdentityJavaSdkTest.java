package io.vaxel.control.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.communication.common.CommunicationTokenCredential;
import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.models.CommunicationTokenScope;
import com.azure.communication.identity.models.CommunicationUserIdentifierAndToken;
import com.azure.core.credential.AccessToken;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import io.vaxel.common.testing.FakeIssuer;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.TokenAuthenticator;
import io.vaxel.control.ResourceSettings;
import io.vaxel.control.testing.Compatibility;
import io.vaxel.control.testing.StartedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** The official Java SDK against a started server. */
@ParameterizedClass
@EnumSource(TestStorage.class)
class IdentityJavaSdkTest {
  private static final List<CommunicationTokenScope> BOTH =
      List.of(CommunicationTokenScope.CHAT, CommunicationTokenScope.VOIP);

  static {
    // The SDK signs and sends the host without a port, which the JDK's client forbids by default.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  @TempDir private static Path folder;
  private static StartedServer server;
  private static FakeIssuer issuer;
  private static HttpClient http;
  private static CommunicationIdentityClient client;

  IdentityJavaSdkTest(TestStorage storage) {}

  @BeforeParameterizedClassInvocation
  static void start(TestStorage storage) throws Exception {
    issuer = new FakeIssuer();
    server =
        new StartedServer(
            storage, folder, new ResourceSettings("", 64, 600, List.of(issuer.settings())));
    HttpClient jdk =
        new JdkHttpClientBuilder(
                java.net.http.HttpClient.newBuilder().sslContext(server.trusting()))
            .build();
    // Kept, so that a test can read the body of a refusal that the SDK has read.
    http = request -> jdk.send(request).map(HttpResponse::buffer);
    client =
        new CommunicationIdentityClientBuilder()
            .connectionString(server.controlPlane().connectionString())
            .httpClient(http)
            .buildClient();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
    issuer.close();
  }

  private static TokenAuthenticator tokens() {
    return server.controlPlane().identity().tokenAuthenticator();
  }

  private static String endpoint() {
    return server.controlPlane().connectionString().replaceFirst("endpoint=(.*?);.*", "$1");
  }

  private static String key() {
    return server.controlPlane().connectionString().replaceFirst(".*accesskey=", "");
  }

  /** A client whose requests are changed after they were signed. */
  private static CommunicationIdentityClient meddling(Consumer<HttpRequest> change) {
    return new CommunicationIdentityClientBuilder()
        .connectionString(server.controlPlane().connectionString())
        .httpClient(
            request -> {
              change.accept(request);
              return http.send(request);
            })
        .buildClient();
  }

  private static void assertRefused(int status, String code, Runnable call) {
    assertRefused(status, code, "", call);
  }

  private static void assertRefused(int status, String code, String target, Runnable call) {
    HttpResponseException refusal = assertThrows(HttpResponseException.class, call::run);
    assertEquals(status, refusal.getResponse().getStatusCode());
    String body = String.valueOf(refusal.getResponse().getBodyAsString().block());
    assertTrue(body.contains("\"code\":\"" + code + "\""), body);
    assertTrue(target.isEmpty() || body.contains("\"target\":\"" + target + "\""), body);
  }

  private static void passed(String operation) {
    Compatibility.passed("identity", operation, CommunicationIdentityClient.class);
  }

  @Test
  void createsAUser() {
    var response = client.createUserWithResponse(Context.NONE);
    assertEquals(201, response.getStatusCode());
    assertTrue(response.getValue().getId().startsWith("8:acs:"));
    passed("createUser");
  }

  @Test
  void createsAUserWithAToken() throws Exception {
    CommunicationUserIdentifierAndToken created = client.createUserAndToken(BOTH);
    AccessToken token = created.getUserToken();
    assertEquals(created.getUser().getId(), tokens().authenticate(token.getToken()).userId());
    assertLifetime(Duration.ofDays(1), token);
    passed("createUserAndToken");
  }

  @Test
  void issuesTokens() throws Exception {
    CommunicationUserIdentifier user = client.createUser();
    AccessToken token = client.getToken(user, BOTH);
    assertEquals(user.getId(), tokens().authenticate(token.getToken()).userId());
    assertLifetime(Duration.ofDays(1), token);
    passed("getToken");
  }

  @Test
  void itsCredentialReadsTheExpiry() throws Exception {
    AccessToken issued = client.createUserAndToken(BOTH).getUserToken();
    try (var credential = new CommunicationTokenCredential(issued.getToken())) {
      AccessToken read = Objects.requireNonNull(credential.getToken().block());
      assertEquals(issued.getExpiresAt().toInstant(), read.getExpiresAt().toInstant());
    }
  }

  @Test
  void revokesTokensAtOnce() throws Exception {
    CommunicationUserIdentifier user = client.createUser();
    String before = client.getToken(user, BOTH).getToken();
    assertEquals(204, client.revokeTokensWithResponse(user, Context.NONE).getStatusCode());
    assertThrows(InvalidTokenException.class, () -> tokens().authenticate(before));
    tokens().authenticate(client.getToken(user, BOTH).getToken());
    passed("revokeTokens");
  }

  @Test
  void deletesAUser() throws Exception {
    CommunicationUserIdentifierAndToken created = client.createUserAndToken(BOTH);
    assertEquals(
        204, client.deleteUserWithResponse(created.getUser(), Context.NONE).getStatusCode());
    assertThrows(
        InvalidTokenException.class,
        () -> tokens().authenticate(created.getUserToken().getToken()));
    client.deleteUser(created.getUser());
    assertRefused(401, "IdentityNotOwned", () -> client.getToken(created.getUser(), BOTH));
    passed("deleteUser");
  }

  @Test
  void aForeignUserIsNotOwned() {
    CommunicationUserIdentifier foreign =
        new CommunicationUserIdentifier("8:acs:" + UUID.randomUUID() + "_" + UUID.randomUUID());
    assertRefused(401, "IdentityNotOwned", () -> client.getToken(foreign, BOTH));
    assertRefused(401, "IdentityNotOwned", () -> client.revokeTokens(foreign));
    assertRefused(401, "IdentityNotOwned", () -> client.deleteUser(foreign));
  }

  @Test
  void badScopesAreNamed() {
    CommunicationUserIdentifier user = client.createUser();
    assertRefused(400, "ValidationError", "scopes", () -> client.getToken(user, List.of()));
    List<CommunicationTokenScope> unknown = List.of(CommunicationTokenScope.fromString("video"));
    assertRefused(400, "ValidationError", "scopes", () -> client.getToken(user, unknown));
    assertRefused(
        400, "ValidationError", "createTokenWithScopes", () -> client.createUserAndToken(unknown));
  }

  @Test
  void aWrongKeyIsDenied() {
    CommunicationIdentityClient stranger =
        new CommunicationIdentityClientBuilder()
            .endpoint(endpoint())
            .credential(new AzureKeyCredential("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
            .httpClient(http)
            .buildClient();
    assertRefused(401, "Denied", stranger::createUser);
  }

  @Test
  void theKeyAloneOpensTheEndpoint() {
    CommunicationIdentityClient other =
        new CommunicationIdentityClientBuilder()
            .endpoint(endpoint())
            .credential(new AzureKeyCredential(key()))
            .httpClient(http)
            .buildClient();
    assertTrue(other.createUser().getId().startsWith("8:acs:"));
  }

  @Test
  void aRequestChangedOnItsWayIsDenied() {
    HttpHeaderName date = HttpHeaderName.fromString("x-ms-date");
    assertRefused(
        401,
        "Denied",
        meddling(r -> r.setHeader(HttpHeaderName.AUTHORIZATION, altered(r)))::createUser);
    assertRefused(
        401,
        "Denied",
        meddling(r -> r.setHeader(date, "Mon, 23 Nov 2020 11:29:04 GMT"))::createUser);
    assertRefused(401, "Denied", meddling(r -> r.setBody("{\"expiresInMinutes\":60}"))::createUser);
    assertRefused(
        401,
        "Denied",
        meddling(
                r ->
                    r.setUrl(
                        r.getUrl()
                            .toString()
                            .replaceFirst("api-version=[^&]*", "api-version=2023-10-01")))
            ::createUser);
  }

  @Test
  void aBearerServesForAKey() throws Exception {
    String token =
        issuer.sign(issuer.claims(Instant.now()).claim("roles", List.of("Data")).build());
    assertTrue(withBearer(token).createUser().getId().startsWith("8:acs:"));
    assertRefused(401, "Unauthorized", withBearer("nonsense")::createUser);
    assertRefused(
        403,
        "Forbidden",
        withBearer(issuer.sign(issuer.claims(Instant.now()).build()))::createUser);
  }

  private static CommunicationIdentityClient withBearer(String token) {
    return new CommunicationIdentityClientBuilder()
        .endpoint(endpoint())
        .credential(
            context ->
                Mono.just(new AccessToken(token, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))))
        .httpClient(http)
        .buildClient();
  }

  private static String altered(HttpRequest request) {
    String header = request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
    int last = header.length() - 3;
    return header.substring(0, last) + (header.charAt(last) == 'A' ? 'B' : 'A') + "A=";
  }

  private static void assertLifetime(Duration expected, AccessToken token) {
    Duration left = Duration.between(OffsetDateTime.now(ZoneOffset.UTC), token.getExpiresAt());
    assertTrue(left.compareTo(expected) <= 0, left.toString());
    assertTrue(left.compareTo(expected.minusMinutes(2)) > 0, left.toString());
  }
}
