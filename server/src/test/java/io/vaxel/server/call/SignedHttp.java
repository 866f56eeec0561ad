package io.vaxel.server.call;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** REST requests of a back end, signed with the access key of the default resource. */
final class SignedHttp {
  private final HttpClient http;
  private final URI endpoint;
  private final byte[] key;

  SignedHttp(TestServer server) {
    this.http = server.http();
    this.endpoint = server.server().localEndpoint();
    this.key =
        Base64.getDecoder()
            .decode(server.server().connectionString().replaceFirst(".*accesskey=", ""));
  }

  /** The body of the answer, which must have the expected status. */
  String call(int expected, String method, String target, String body) throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Base64.Encoder base64 = Base64.getEncoder();
    String hash = base64.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    String text = method + "\n" + target + "\n" + date + ";" + endpoint.getAuthority() + ";" + hash;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signature = base64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(endpoint.resolve(target))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes))
                .header("Content-Type", "application/json")
                .header("x-ms-date", date)
                .header("x-ms-content-sha256", hash)
                .header(
                    "Authorization",
                    "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                        + signature)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
