/** A user access token, and when it expires, in milliseconds since 1970; 0 when that isn't known. */
export interface AccessToken {
  token: string;
  expiresOnTimestamp: number;
}

/** Anything that hands out user access tokens, such as `AzureCommunicationTokenCredential`. */
export interface CommunicationTokenCredential {
  /** The current token. */
  getToken(): Promise<AccessToken>;
}

/** The `iss` claim of a token, without checking it (the server does); undefined when the token has none or is no JWT. */
export function issuerOf(token: string): string | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) {
    return undefined;
  }
  try {
    const bytes = Uint8Array.from(
      atob(payload.replaceAll('-', '+').replaceAll('_', '/')),
      (character) => character.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims === 'object' && claims !== null && 'iss' in claims) {
      return typeof claims.iss === 'string' ? claims.iss : undefined;
    }
  } catch {
    // Not a JWT of ours: the server will say so.
  }
  return undefined;
}
