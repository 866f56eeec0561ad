package io.vaxel.benchmarks.rest;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with an access key as the JavaScript SDKs do. Immutable; safe for any thread. */
final class AccessKeySigner {
  private final URI endpoint;
  private final SecretKeySpec key;

  /**
   * @param connectionString {@code endpoint=...;accesskey=...}
   */
  AccessKeySigner(String connectionString) {
    String[] parts = connectionString.split(";", 2);
    this.endpoint = URI.create(parts[0].substring("endpoint=".length()));
    this.key =
        new SecretKeySpec(
            Base64.getDecoder().decode(parts[1].substring("accesskey=".length())), "HmacSHA256");
  }

  /** A signed POST with a JSON body. */
  HttpRequest post(String target, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    URI uri = endpoint.resolve(target);
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    try {
      String hash = base64(MessageDigest.getInstance("SHA-256").digest(body));
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      String text = "POST\n" + target + "\n" + date + ";" + uri.getAuthority() + ";" + hash;
      String signature = base64(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      return HttpRequest.newBuilder(uri)
          .header("Content-Type", "application/json")
          .header("x-ms-date", date)
          .header("x-ms-content-sha256", hash)
          .header(
              "Authorization",
              "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature)
          .POST(HttpRequest.BodyPublishers.ofByteArray(body))
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256 and HmacSHA256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
