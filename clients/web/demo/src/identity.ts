import type { CommunicationTokenCredential } from '@vaxel/calling';

/** Who the user of this page is, and how we know. */
export type Identity =
  | { kind: 'asking' }
  /** The server runs in development mode and gave a token. */
  | { kind: 'development'; token: DevelopmentToken }
  /** The user has to bring a token. */
  | { kind: 'paste' }
  /** The server can't be reached or is in trouble. */
  | { kind: 'unreachable'; message: string };

export interface DevelopmentToken {
  userId: string;
  token: string;
  /** ISO 8601. */
  expiresOn: string;
}

const SPARE_MS = 5 * 60_000;

/** Asks the server for a token; only a server in development mode gives one, and only to a page on its own machine. */
export async function askForToken(): Promise<Identity> {
  try {
    const response = await fetch('/development/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (response.status === 404 || response.status === 403) {
      return { kind: 'paste' };
    }
    if (!response.ok) {
      return { kind: 'unreachable', message: `it answered ${String(response.status)}` };
    }
    return { kind: 'development', token: (await response.json()) as DevelopmentToken };
  } catch {
    return { kind: 'unreachable', message: 'it does not answer' };
  }
}

export function isFresh(token: DevelopmentToken): boolean {
  return Date.parse(token.expiresOn) > Date.now() + SPARE_MS;
}

/** A credential around one token. */
export function credentialOf(token: string): CommunicationTokenCredential {
  return { getToken: () => Promise.resolve({ token, expiresOnTimestamp: 0 }) };
}
