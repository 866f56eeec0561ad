import type { AccessToken } from '../credential';

/** A token is replaced this long before it expires. */
const RENEW_BEFORE_MS = 120_000;

/** The longest delay that a timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Gives the server a newer token a while before the one it has expires, for as long as the source has newer ones. */
export class TokenRenewal {
  readonly #getToken: () => Promise<AccessToken>;
  readonly #renew: (token: string) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(getToken: () => Promise<AccessToken>, renew: (token: string) => Promise<void>) {
    this.#getToken = getToken;
    this.#renew = renew;
  }

  /** The server has a token that expires then, in milliseconds since 1970; 0 when that isn't known. */
  keepFresh(expiresOnTimestamp: number): void {
    clearTimeout(this.#timer);
    if (expiresOnTimestamp === 0 || this.#stopped) {
      return;
    }
    const delay = Math.max(0, expiresOnTimestamp - Date.now() - RENEW_BEFORE_MS);
    this.#timer = setTimeout(
      () => {
        this.#replace(expiresOnTimestamp).catch(() => undefined); // the old one holds until it expires
      },
      Math.min(delay, MAX_TIMER_MS),
    );
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #replace(expiresOnTimestamp: number): Promise<void> {
    const next = await this.#getToken();
    if (next.expiresOnTimestamp > expiresOnTimestamp) {
      await this.#renew(next.token);
      this.keepFresh(next.expiresOnTimestamp);
    }
  }
}
