import type { Pretended } from './Hub';
import { Hub } from './Hub';

declare global {
  interface Window {
    /** Who is in the call that the page will join; set by the test before. */
    hubPeople?: Pretended[];
    /** The hub of the last connection. */
    hub?: Hub;
  }
}

/** Stands in for the browser's WebSocket and leads to a hub in the same page. */
class HubSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  binaryType = 'arraybuffer';
  readyState = HubSocket.CONNECTING;
  readonly #hub: Hub;
  #queue: Promise<void> = Promise.resolve();

  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {
    super();
    this.#hub = new Hub(
      (bytes) => {
        this.#deliver(bytes);
      },
      () => {
        this.close();
      },
      window.hubPeople ?? [],
    );
    window.hub = this.#hub;
    setTimeout(() => {
      this.readyState = HubSocket.OPEN;
      this.dispatchEvent(new Event('open'));
    });
  }

  send(bytes: Uint8Array): void {
    this.#queue = this.#queue.then(() => this.#hub.receive(bytes));
  }

  close(): void {
    if (this.readyState !== HubSocket.CLOSED) {
      this.readyState = HubSocket.CLOSED;
      setTimeout(() => this.dispatchEvent(new CloseEvent('close', { code: 1000 })));
    }
  }

  #deliver(bytes: Uint8Array): void {
    const data = new Uint8Array(bytes).buffer;
    setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }
}

Object.defineProperty(window, 'WebSocket', { value: HubSocket });
