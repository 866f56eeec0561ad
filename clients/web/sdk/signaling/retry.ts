const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/**
 * How long to wait before an attempt, in milliseconds: doubled from one to the next up to eight seconds, and half of it by chance,
 * so that the clients of a server that was restarted don't all come at once.
 */
export function retryDelay(attempt: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return most / 2 + (Math.random() * most) / 2;
}

/** A pause that can be cut short. */
export class Wait {
  #skip: (() => void) | undefined;

  for(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#skip = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the pause that there is, if there is one. */
  skip(): void {
    this.#skip?.();
    this.#skip = undefined;
  }
}
