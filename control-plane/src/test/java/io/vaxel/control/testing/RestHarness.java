package io.vaxel.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.http.RequestFacts;
import io.vaxel.common.storage.Database;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.ResourceSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** The whole control plane behind Jakarta REST, without a socket; signs as the Java SDK does. */
public final class RestHarness implements AutoCloseable {
  public static final String VERSION = "?api-version=2023-10-01";
  public static final String ARM_VERSION = "?api-version=2025-09-01";
  private static final URI ENDPOINT = URI.create("https://calls.example.org:8443/");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final ControlPlane controlPlane;
  private final ApplicationHandler handler;
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");

  public RestHarness(Path folder, boolean development) {
    this(TestStorage.SQLITE, folder, development);
  }

  public RestHarness(TestStorage storage, Path folder, boolean development) {
    this(storage, folder, settings(development));
  }

  public RestHarness(
      TestStorage storage, Path folder, boolean development, ResourceSettings resources) {
    this(storage, folder, settings(development).with(resources));
  }

  public RestHarness(TestStorage storage, Path folder, ControlPlane.Settings settings) {
    InstantSource clock = () -> now;
    database = storage.open(folder);
    controlPlane = new ControlPlane(database, settings, clock);
    ResourceConfig config = new ResourceConfig();
    controlPlane.restComponents().forEach(config::register);
    handler = new ApplicationHandler(config);
  }

  /** The default settings at this rig's endpoint. */
  public static ControlPlane.Settings settings(boolean development) {
    return ControlPlane.Settings.of(ENDPOINT, development);
  }

  /** An answer: status, headers, and the body as JSON when there is one. */
  public record Answer(int status, Map<String, String> headers, @Nullable JsonNode body) {
    public JsonNode json() {
      if (body == null) {
        throw new AssertionError("the answer has no body");
      }
      return body;
    }

    /** The error as {@code status code target}. */
    public String error() {
      JsonNode error = json().path("error");
      String target = error.path("target").asText("");
      return (status + " " + error.path("code").asText() + " " + target).strip();
    }
  }

  public ControlPlane controlPlane() {
    return controlPlane;
  }

  public Database database() {
    return database;
  }

  public void setTime(Instant time) {
    now = time;
  }

  public String key() {
    return controlPlane.connectionString().replaceFirst(".*accesskey=", "");
  }

  /** A signed request whose signature holds. */
  public Answer call(String method, String target, @Nullable String body) throws Exception {
    return send(method, target, body, signed(method, target, body, key()), "127.0.0.1");
  }

  /** A request with an operator token. */
  public Answer asOperator(String method, String target, @Nullable String body) throws Exception {
    String token = controlPlane.operatorTokens().issue(Duration.ofHours(1)).token();
    return withBearer(method, target, body, token);
  }

  /** A request with any bearer. */
  public Answer withBearer(String method, String target, @Nullable String body, String token)
      throws Exception {
    return send(method, target, body, bearer(token, body), "127.0.0.1");
  }

  /** The headers of a request with a bearer. */
  public static Map<String, String> bearer(String token, @Nullable String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "calls.example.org:8443");
    headers.put("Authorization", "Bearer " + token);
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    return headers;
  }

  /** A request signed with a key of any resource. */
  public Answer callWith(String key, String method, String target, @Nullable String body)
      throws Exception {
    return send(method, target, body, signed(method, target, body, key), "127.0.0.1");
  }

  /** Makes a resource and returns its primary key. */
  public String createResource(String name) throws Exception {
    String path =
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/default"
            + "/providers/Microsoft.Communication/communicationServices/"
            + name;
    Answer created =
        asOperator(
            "PUT",
            path + ARM_VERSION,
            "{\"location\":\"global\",\"properties\":{\"dataLocation\":\"Europe\"}}");
    if (created.status() != 201) {
      throw new AssertionError(created);
    }
    return asOperator("POST", path + "/listKeys" + ARM_VERSION, null)
        .json()
        .get("primaryKey")
        .asText();
  }

  public Map<String, String> signed(String method, String target, @Nullable String body, String key)
      throws Exception {
    return signed(method, target, body, key, "calls.example.org");
  }

  public Map<String, String> signed(
      String method, String target, @Nullable String body, String key, String host)
      throws Exception {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    byte[] bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    String text = method + "\n" + target + "\n" + date + ";" + host + ";" + hash;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
    String signature =
        Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", host);
    headers.put("x-ms-date", date);
    headers.put("x-ms-content-sha256", hash);
    headers.put(
        "Authorization",
        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature);
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    return headers;
  }

  public Answer send(
      String method,
      String target,
      @Nullable String body,
      Map<String, String> headers,
      String remoteAddress)
      throws Exception {
    byte[] bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
    ContainerRequest request =
        new ContainerRequest(
            ENDPOINT,
            URI.create(ENDPOINT + target.substring(1)),
            method,
            null,
            new MapPropertiesDelegate(),
            handler.getConfiguration());
    request.setProperty(
        RequestFacts.PROPERTY,
        new RequestFacts(
            target,
            new InetSocketAddress(InetAddress.getByName(remoteAddress), 50_000),
            true,
            "request-1"));
    headers.forEach(request::header);
    request.setEntityStream(new ByteArrayInputStream(bytes));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerResponse response = handler.apply(request, out).get();
    Map<String, String> answered = new LinkedHashMap<>();
    response.getStringHeaders().forEach((name, values) -> answered.put(name, values.getFirst()));
    return new Answer(
        response.getStatus(), answered, out.size() == 0 ? null : JSON.readTree(out.toByteArray()));
  }

  @Override
  public void close() {
    handler.onShutdown(null);
    controlPlane.close();
    database.close();
  }
}
