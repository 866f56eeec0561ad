package io.vaxel.common.credential;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code HMAC-SHA256} signatures of requests. The text that is signed is
 *
 * <pre>METHOD \n path?query \n date ; host ; base64(SHA-256(body))</pre>
 *
 * The SDKs do not agree on two parts of it, so every reading is tried: Java signs the host without
 * a port and the query as sent, JavaScript the host with the port and the query form-encoded.
 * Immutable; safe for any thread.
 */
public final class HmacVerifier {
  private static final String SCHEME =
      "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";
  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

  private final Duration skew;
  private final InstantSource clock;

  /**
   * @param skew how far {@code x-ms-date} may be from our clock, either way
   * @param clock our clock
   */
  public HmacVerifier(Duration skew, InstantSource clock) {
    this.skew = skew;
    this.clock = clock;
  }

  /**
   * Finds the resource whose key signed a request. The body is not looked at: {@link
   * #requireContent} must follow before it is believed.
   *
   * @param candidates tried in this order; each costs two keys times the readings, about ten HMACs
   *     of a few hundred bytes a key
   * @return empty when no key of theirs made the signature
   * @throws DeniedException when a header is missing or malformed, or the date is too far away
   */
  public Optional<ReachedResource> signer(SignedRequest request, List<ReachedResource> candidates)
      throws DeniedException {
    byte[] signature = signatureOf(request);
    String date = present(request.date(), "x-ms-date");
    String contentHash = present(request.contentHash(), "x-ms-content-sha256");
    requireRecent(date);

    Map<URI, Set<String>> readings = new HashMap<>();
    for (ReachedResource candidate : candidates) {
      Set<String> texts =
          readings.computeIfAbsent(
              candidate.endpoint(), endpoint -> readings(request, endpoint, date, contentHash));
      for (AccessKeyValue key : candidate.keys()) {
        if (signed(key, texts, signature)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean signed(AccessKeyValue key, Set<String> texts, byte[] signature) {
    Mac mac = key.newMac();
    for (String text : texts) {
      byte[] expected =
          Base64.getEncoder().encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      if (MessageDigest.isEqual(expected, signature)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Compares a body with the hash that was signed.
   *
   * @throws DeniedException when it is another body
   */
  public static void requireContent(SignedRequest request, byte[] body) throws DeniedException {
    byte[] claimed =
        present(request.contentHash(), "x-ms-content-sha256").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(Base64.getEncoder().encode(sha256(body)), claimed)) {
      throw new DeniedException("The x-ms-content-sha256 header is not the hash of the body.");
    }
  }

  private static byte[] signatureOf(SignedRequest request) throws DeniedException {
    String authorization = present(request.authorization(), "Authorization");
    if (!authorization.startsWith(SCHEME)) {
      throw new DeniedException("The Authorization header must begin with " + SCHEME);
    }
    // Compared as text: base64 has several spellings of the same bytes, and only one is signed.
    return authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
  }

  private void requireRecent(String date) throws DeniedException {
    Instant sent;
    try {
      sent = RFC_1123.parse(date, Instant::from);
    } catch (DateTimeException e) {
      throw new DeniedException("The x-ms-date header is not an RFC 1123 date.");
    }
    Instant now = clock.instant();
    if (Duration.between(sent, now).abs().compareTo(skew) > 0) {
      throw new DeniedException(
          "The x-ms-date header is more than "
              + skew.toMinutes()
              + " minutes away from the server's clock.");
    }
  }

  private static Set<String> readings(
      SignedRequest request, URI endpoint, String date, String contentHash) {
    Set<String> texts = new LinkedHashSet<>();
    for (String host : hosts(request, endpoint)) {
      for (String target : targets(request.target())) {
        texts.add(request.method() + "\n" + target + "\n" + date + ";" + host + ";" + contentHash);
      }
    }
    return texts;
  }

  private static Set<String> hosts(SignedRequest request, URI endpoint) {
    Set<String> hosts = new LinkedHashSet<>();
    if (request.host() != null) {
      hosts.add(request.host());
      hosts.add(request.host().replaceFirst(":\\d+$", ""));
    }
    // Whatever a proxy made of the Host header.
    if (endpoint.getHost() != null) {
      hosts.add(endpoint.getHost());
      hosts.add(endpoint.getHost() + ":" + endpoint.getPort());
    }
    if (request.originalHost() != null) {
      hosts.add(request.originalHost());
    }
    return hosts;
  }

  private static Set<String> targets(String target) {
    Set<String> targets = new LinkedHashSet<>();
    targets.add(target);
    int question = target.indexOf('?');
    if (question >= 0) {
      try {
        targets.add(
            target.substring(0, question + 1)
                + FormEncodedQuery.of(target.substring(question + 1)));
      } catch (IllegalArgumentException e) {
        // A query that cannot be decoded has no other reading.
        return targets;
      }
    }
    return targets;
  }

  private static String present(@Nullable String header, String name) throws DeniedException {
    if (header == null || header.isEmpty()) {
      throw new DeniedException("The " + name + " header is missing.");
    }
    return header;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
