/** What browsers of phones tell of the network (Network Information API); others have no `type`, or nothing at all. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/** Notices that the machine's way into the network is another one than before. */
export class NetworkWatch {
  readonly #changed: () => void;
  readonly #connection = (navigator as { connection?: NetworkInformation }).connection;
  #type: string | undefined;
  readonly #online = (): void => {
    this.#changed();
  };
  readonly #connectionChanged = (): void => {
    // Browsers also tell of new guesses of its speed.
    const { type } = this.#connection ?? {};
    if (type !== this.#type) {
      this.#type = type;
      this.#changed();
    }
  };

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#type = this.#connection?.type;
    window.addEventListener('online', this.#online);
    this.#connection?.addEventListener('change', this.#connectionChanged);
  }

  close(): void {
    window.removeEventListener('online', this.#online);
    this.#connection?.removeEventListener('change', this.#connectionChanged);
  }
}
