package io.vaxel.common.credential;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Signs requests for tests, from the documented text and nothing of the verifier. */
final class Signing {
  private Signing() {}

  static SignedRequest request(
      AccessKeyValue key,
      String method,
      String wireTarget,
      String signedTarget,
      String wireHost,
      String signedHost,
      String date,
      String contentHash) {
    String text = method + "\n" + signedTarget + "\n" + date + ";" + signedHost + ";" + contentHash;
    String signature =
        Base64.getEncoder()
            .encodeToString(key.newMac().doFinal(text.getBytes(StandardCharsets.UTF_8)));
    return new SignedRequest(
        method,
        wireTarget,
        wireHost,
        null,
        date,
        contentHash,
        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature);
  }
}
