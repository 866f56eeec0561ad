/** How long a connection may be without an answer to its checks until the way to the server is looked for anew. */
const IMPAIRED_MS = 3_000;

/** The documented limit for a participant whose media is lost; the server says its own in its greeting. */
export const HOPELESS_MS = 120_000;

export interface PeerListener {
  stateChanged(state: RTCPeerConnectionState): void;
  /** Nothing has come through for some seconds. May be called again. */
  impaired(): void;
  /** Nothing has come through for too long. */
  hopeless(): void;
}

/** A peer connection of a call, watched for whether anything comes through. */
export class MediaPeer {
  readonly connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  readonly #listener: PeerListener;
  readonly #hopelessMs: number;
  #impaired: ReturnType<typeof setTimeout> | undefined;
  #hopeless: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(listener: PeerListener, hopelessMs: number) {
    this.#listener = listener;
    this.#hopelessMs = hopelessMs;
    this.connection.addEventListener('connectionstatechange', () => {
      if (!this.#closed) {
        this.#stateChanged(this.connection.connectionState);
      }
    });
  }

  get isConnected(): boolean {
    return this.connection.connectionState === 'connected';
  }

  /** Whether it was connected once and is not at this moment. */
  get isImpaired(): boolean {
    const state = this.connection.connectionState;
    return state === 'disconnected' || state === 'failed';
  }

  close(): void {
    this.#closed = true;
    this.#stopTimers();
    this.connection.close();
  }

  #stateChanged(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.#stopTimers();
    } else if (state === 'disconnected') {
      this.#impaired ??= setTimeout(() => {
        this.#impaired = undefined;
        this.#listener.impaired();
      }, IMPAIRED_MS);
    } else if (state === 'failed') {
      clearTimeout(this.#impaired);
      this.#impaired = undefined;
      // The server notices too, and then asks for a new connection.
      this.#hopeless ??= setTimeout(() => {
        this.#listener.hopeless();
      }, this.#hopelessMs);
      this.#listener.impaired();
    }
    this.#listener.stateChanged(state);
  }

  #stopTimers(): void {
    clearTimeout(this.#impaired);
    clearTimeout(this.#hopeless);
    this.#impaired = undefined;
    this.#hopeless = undefined;
  }
}
