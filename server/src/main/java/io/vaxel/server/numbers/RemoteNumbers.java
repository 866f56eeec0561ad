package io.vaxel.server.numbers;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.control.phonenumbers.InvalidInventoryException;
import io.vaxel.control.phonenumbers.InvalidInventoryException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The inventory of a server that is reached over its operator API. */
final class RemoteNumbers implements NumbersTarget {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

  private final URI server;
  private final String token;
  private final HttpClient http;

  /**
   * @param server the server's address
   * @param token an operator token
   * @param authority a certificate to trust, PEM; null for those of the system
   * @throws IOException when the certificate cannot be read
   */
  RemoteNumbers(URI server, String token, @Nullable Path authority) throws IOException {
    this.server = server;
    this.token = token;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
    if (authority != null) {
      builder.sslContext(trusting(authority));
    }
    this.http = builder.build();
  }

  @Override
  public int importList(String list, boolean json) throws IOException, InvalidInventoryException {
    HttpResponse<String> answer =
        send(
            request("/admin/numbers:import")
                .header("Content-Type", json ? "application/json" : "text/csv")
                .POST(BodyPublishers.ofString(list)));
    if (answer.statusCode() == 400) {
      List<Fault> faults = new ArrayList<>();
      for (JsonNode detail : read(answer).at("/error/details")) {
        String line = detail.path("target").asText("").replace("line ", "");
        faults.add(
            new Fault(
                line.isEmpty() ? 0 : Integer.parseInt(line), detail.path("message").asText()));
      }
      throw new InvalidInventoryException(faults);
    }
    return read(expect(200, answer)).path("imported").asInt();
  }

  @Override
  public List<Map<String, Object>> list(@Nullable Boolean owned) throws IOException {
    List<Map<String, Object>> found = new ArrayList<>();
    String next = "/admin/numbers" + (owned == null ? "" : "?owned=" + owned);
    while (!next.isEmpty()) {
      JsonNode page = read(expect(200, send(request(next).GET())));
      for (JsonNode number : page.path("value")) {
        found.add(JSON.convertValue(number, FACTS));
      }
      next = page.path("nextLink").asText("");
    }
    return found;
  }

  @Override
  public boolean release(String number) throws IOException {
    String path = "/admin/numbers/" + URLEncoder.encode(number, StandardCharsets.UTF_8);
    HttpResponse<String> answer = send(request(path + "/:release").POST(BodyPublishers.noBody()));
    if (answer.statusCode() == 404) {
      return false;
    }
    expect(204, answer);
    return true;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonNode read(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> expect(int status, HttpResponse<String> answer)
      throws IOException {
    if (answer.statusCode() == status) {
      return answer;
    }
    throw new IOException(
        switch (answer.statusCode()) {
          case 401 -> "the server does not take the token; make one with: vaxel token --admin";
          case 403 -> "the token is not an operator's";
          default -> "the server answered " + answer.statusCode();
        });
  }

  private static SSLContext trusting(Path authority) throws IOException {
    try (InputStream in = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(authority + " is no certificate in PEM", e);
    }
  }
}
