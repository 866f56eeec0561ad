package io.vaxel.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import io.vaxel.common.credential.AccessKeyValue;
import io.vaxel.common.credential.DeniedException;
import io.vaxel.common.credential.HmacVerifier;
import io.vaxel.common.credential.ReachedResource;
import io.vaxel.common.credential.SignedRequest;
import io.vaxel.common.identifier.UserId;
import io.vaxel.common.token.CheckedToken;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.KeyRotations;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.TokenSubject;
import io.vaxel.common.token.UserTokenIssuer;
import io.vaxel.common.token.UserTokenVerifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request's credential costs on one thread: the signature check of an access key, and making
 * and checking a user access token. The key that signed is the last of those tried, as a Java SDK
 * signs: the worst case of a request that is let in.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgs = "-XX:+UseParallelGC")
public class CredentialBenchmark {
  private static final Instant NOW = Instant.parse("2026-11-23T11:29:04Z");
  private static final URI ENDPOINT = URI.create("https://localhost:8443/");
  private static final String DATE = "Mon, 23 Nov 2026 11:29:04 GMT";

  /** Resources whose keys are tried; each has two. */
  @Param({"1", "64"})
  public int resources;

  private final HmacVerifier verifier =
      new HmacVerifier(Duration.ofMinutes(15), InstantSource.fixed(NOW));
  private final List<ReachedResource> candidates = new ArrayList<>();
  private final SignedRequest request;
  private final OctetSequenceKey signingKey;
  private final UserTokenIssuer issuer;
  private final UserTokenVerifier tokens;
  private final TokenSubject subject =
      new TokenSubject(
          new UserId(UUID.randomUUID(), UUID.randomUUID()),
          0,
          KeyRotations.NONE,
          ENDPOINT,
          "amer",
          "unitedstates");
  private final String token;

  /** Makes the keys, a signed request and a token. */
  public CredentialBenchmark() {
    try {
      signingKey = new OctetSequenceKeyGenerator(256).keyID("1").generate();
      request = signed(new byte[64]);
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    InstantSource clock = InstantSource.fixed(NOW);
    issuer = new UserTokenIssuer(signingKey, clock);
    tokens = new UserTokenVerifier(List.of(signingKey), clock);
    token = newToken(issuer, subject).token();
  }

  private static IssuedToken newToken(UserTokenIssuer issuer, TokenSubject subject) {
    return issuer.issue(subject, EnumSet.of(TokenScope.CHAT, TokenScope.VOIP), Duration.ofDays(1));
  }

  private static SignedRequest signed(byte[] key) throws GeneralSecurityException {
    String target = "/identities/8:acs:a_b/:issueAccessToken?api-version=2022-10-01";
    String hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String text = "POST\n" + target + "\n" + DATE + ";localhost;" + hash;
    String signature =
        Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    return new SignedRequest(
        "POST",
        target,
        "localhost",
        null,
        DATE,
        hash,
        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature);
  }

  /** Fills the candidates, the signing key last. */
  @Setup
  public void makeKeys() {
    SecureRandom random = new SecureRandom();
    AccessKeyValue signing = new AccessKeyValue(Base64.getEncoder().encodeToString(new byte[64]));
    for (int i = 1; i <= resources; i++) {
      AccessKeyValue second = i == resources ? signing : AccessKeyValue.random(random);
      candidates.add(
          new ReachedResource(
              UUID.randomUUID(), ENDPOINT, true, List.of(AccessKeyValue.random(random), second)));
    }
  }

  /** The check of a request's signature. */
  @Benchmark
  public Optional<ReachedResource> verifySignature() throws DeniedException {
    return verifier.signer(request, candidates);
  }

  /** Makes a token. */
  @Benchmark
  public IssuedToken issue() {
    return newToken(issuer, subject);
  }

  /** Checks a token, without the database. */
  @Benchmark
  public CheckedToken verifyToken() throws InvalidTokenException {
    return tokens.verify(token);
  }
}
