package io.vaxel.common.testing;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vaxel.common.oidc.IssuerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect issuer on this machine, with discovery and keys that can be changed. */
public final class FakeIssuer implements AutoCloseable {
  private final HttpServer server;
  private final List<JWK> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private RSAKey key;
  private volatile boolean broken;

  public FakeIssuer() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange, "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + name() + "/keys\"}"));
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          answer(exchange, new JWKSet(published).toString());
        });
    server.start();
    key = newKey("first");
    published.add(key.toPublicJWK());
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(broken ? 500 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static RSAKey newKey(String id) throws Exception {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  /** The claim {@code iss}. */
  public String name() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** As an operator would configure it. */
  public IssuerSettings settings() {
    return new IssuerSettings(
        name(),
        Set.of("api://vaxel"),
        null,
        "roles",
        Set.of("Operator"),
        Set.of("Data"),
        "default",
        Set.of("api://users"));
  }

  /** The same with the keys at a stated address. */
  public URI keysAddress() {
    return URI.create(name() + "/keys");
  }

  public RSAKey key() {
    return key;
  }

  public int fetches() {
    return fetches.get();
  }

  public void setBroken(boolean broken) {
    this.broken = broken;
  }

  /** Signs with another key from now on, and publishes it. */
  public void rotate(String id) throws Exception {
    key = newKey(id);
    published.clear();
    published.add(key.toPublicJWK());
  }

  /** Claims that hold for an hour, with nothing to allow. */
  public JWTClaimsSet.Builder claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(name())
        .audience("api://vaxel")
        .subject("subject-1")
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(3600)));
  }

  public String sign(JWTClaimsSet claims) throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
