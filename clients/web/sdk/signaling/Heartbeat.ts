/** Without a word from the server for this many ping intervals the connection counts as lost. */
const SILENT_INTERVALS = 3;

/** How long the server may take to answer when the page was suspended or the network changed. */
const PROBE_MS = 5_000;

export interface HeartbeatListener {
  /** Something must be said. */
  ping(): void;
  /** The server has been silent for too long. */
  silent(): void;
  /** There is reason to think that a new attempt to connect would succeed now. */
  hurry(): void;
}

/**
 * Keeps a connection alive, and notices when it isn't: by pings at the server's interval, and at once when the page comes back
 * from being suspended (its timers stood still) or the network does. Outside of a page, in tests, there are only the pings.
 */
export class Heartbeat {
  readonly #listener: HeartbeatListener;
  readonly #back = (): void => {
    if (document.visibilityState !== 'hidden') {
      this.#probe();
    }
  };
  #interval: ReturnType<typeof setInterval> | undefined;
  #probing: ReturnType<typeof setTimeout> | undefined;
  #silentIntervals = 0;
  #wroteSincePing = false;
  #beating = false;

  constructor(listener: HeartbeatListener) {
    this.#listener = listener;
    if (typeof window !== 'undefined') {
      document.addEventListener('visibilitychange', this.#back);
      document.addEventListener('resume', this.#back);
      window.addEventListener('pageshow', this.#back);
      window.addEventListener('online', this.#back);
    }
  }

  /** There is a socket; zero: the server wants no pings. */
  start(intervalMs: number): void {
    this.stop();
    this.#beating = true;
    if (intervalMs > 0) {
      this.#interval = setInterval(() => {
        this.#beat();
      }, intervalMs);
    }
  }

  /** There is no socket for now. */
  stop(): void {
    this.#beating = false;
    this.#silentIntervals = 0;
    clearInterval(this.#interval);
    clearTimeout(this.#probing);
    this.#probing = undefined;
  }

  /** There will be none any more. */
  close(): void {
    this.stop();
    if (typeof window !== 'undefined') {
      document.removeEventListener('visibilitychange', this.#back);
      document.removeEventListener('resume', this.#back);
      window.removeEventListener('pageshow', this.#back);
      window.removeEventListener('online', this.#back);
    }
  }

  heard(): void {
    this.#silentIntervals = 0;
    clearTimeout(this.#probing);
    this.#probing = undefined;
  }

  wrote(): void {
    this.#wroteSincePing = true;
  }

  #beat(): void {
    this.#silentIntervals++;
    if (this.#silentIntervals > SILENT_INTERVALS) {
      this.#listener.silent();
      return;
    }
    if (!this.#wroteSincePing || this.#silentIntervals > 1) {
      this.#listener.ping();
    }
    this.#wroteSincePing = false;
  }

  #probe(): void {
    if (!this.#beating) {
      this.#listener.hurry();
    } else if (this.#probing === undefined) {
      this.#probing = setTimeout(() => {
        this.#listener.silent();
      }, PROBE_MS);
      this.#listener.ping();
    }
  }
}
