package io.vaxel.common.oidc;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect issuer whose tokens are accepted.
 *
 * @param issuer the claim {@code iss}, compared exactly
 * @param audiences a token is for one of these (the claim {@code aud})
 * @param jwksUri where its keys are (RFC 7517); null: its discovery document says it
 * @param rolesClaim the claim with the roles of the caller, a list or a text with spaces; dots lead
 *     into objects, such as {@code realm_access.roles}
 * @param operatorRoles who has one of these manages resources and the server
 * @param dataRoles who has one of these uses a resource as with its access key
 * @param resource name of the resource that bearers open on a host that several resources share;
 *     empty for none
 * @param userAudiences tokens of end users for one of these are exchanged for user access tokens;
 *     empty: no exchange
 */
public record IssuerSettings(
    String issuer,
    Set<String> audiences,
    @Nullable URI jwksUri,
    String rolesClaim,
    Set<String> operatorRoles,
    Set<String> dataRoles,
    String resource,
    Set<String> userAudiences) {
  public IssuerSettings {
    URI uri = URI.create(issuer);
    if (!mayBeFetched(uri)) {
      throw new IllegalArgumentException(
          "an issuer is like https://login.example.com, not " + issuer);
    }
    if (jwksUri != null && !mayBeFetched(jwksUri)) {
      throw new IllegalArgumentException("the keys of an issuer are at an https address");
    }
    if (audiences.isEmpty() && userAudiences.isEmpty()) {
      throw new IllegalArgumentException("the issuer " + issuer + " needs an audience");
    }
    if (rolesClaim.isEmpty()) {
      throw new IllegalArgumentException("the issuer " + issuer + " needs a roles claim");
    }
    audiences = Set.copyOf(audiences);
    operatorRoles = Set.copyOf(operatorRoles);
    dataRoles = Set.copyOf(dataRoles);
    userAudiences = Set.copyOf(userAudiences);
  }

  /** Plain HTTP is for issuers on this machine, in tests and development. */
  static boolean mayBeFetched(URI uri) {
    String host = uri.getHost();
    return host != null
        && ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme())
                && List.of("localhost", "127.0.0.1", "[::1]").contains(host)));
  }
}
