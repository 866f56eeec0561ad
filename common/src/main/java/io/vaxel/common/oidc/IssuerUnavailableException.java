package io.vaxel.common.oidc;

/**
 * The keys of an issuer cannot be fetched now, so its tokens can neither be trusted nor refused.
 */
public final class IssuerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IssuerUnavailableException(String issuer, Throwable cause) {
    super("The keys of " + issuer + " cannot be fetched", cause);
  }
}
