import type { SubscribeOffer } from '../generated/vaxel/signaling/v1/signaling_pb';
import { MediaPeer } from './MediaPeer';
import { SerialQueue } from './SerialQueue';

/** What subscribing needs of signalling. */
export interface SubscribeSignaling {
  answer(offerId: number, sdp: string): Promise<void>;
  updateSubscriptions(subscribe: string[], unsubscribe: string[]): Promise<void>;
}

export interface SubscribeListener {
  /** Other tracks than before arrive. */
  tracksChanged(): void;
  /** A new peer connection is in use. */
  replaced(): void;
  stateChanged(state: RTCPeerConnectionState): void;
  /** Nothing has come through for some seconds: time to look for another way. */
  impaired(): void;
  /** Media can't flow any more. */
  failed(reason: string): void;
}

/**
 * The connection on which this client receives: the server offers, the client answers. Answers go out in the order of the
 * offers. Wishes for tracks are collected and sent as one difference at a time.
 */
export class SubscribeConnection {
  readonly #signaling: SubscribeSignaling;
  readonly #listener: SubscribeListener;
  readonly #hopelessMs: number;
  #media: MediaPeer;
  /** The server's number of the connection that `#peer` answers. */
  #number = 0;
  readonly #offers = new SerialQueue();
  readonly #updates = new SerialQueue();
  readonly #receivers = new Map<string, RTCRtpReceiver>();
  /** Track ids by the media sections that carry them. */
  #trackIds: Readonly<Record<string, string>> = {};
  readonly #wanted = new Set<string>();
  /** What the server was asked for and hasn't been asked to stop. */
  readonly #asked = new Set<string>();
  #updatePlanned = false;
  #closed = false;

  constructor(signaling: SubscribeSignaling, listener: SubscribeListener, hopelessMs: number) {
    this.#signaling = signaling;
    this.#listener = listener;
    this.#hopelessMs = hopelessMs;
    this.#media = this.#openPeer();
  }

  get peer(): RTCPeerConnection {
    return this.#media.connection;
  }

  get isImpaired(): boolean {
    return this.#media.isImpaired;
  }

  /** Whether the server has offered anything yet. */
  get isInUse(): boolean {
    return this.#number > 0;
  }

  /** What a media section carries. */
  trackIdOf(mid: string): string | undefined {
    return this.#trackIds[mid];
  }

  /** Takes an offer of the server. */
  offered(offer: SubscribeOffer): void {
    this.#offers
      .run(async () => {
        if (this.#closed) {
          return;
        }
        if (offer.connectionNumber > this.#number) {
          this.#begin(offer.connectionNumber);
        }
        await this.peer.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
        await this.peer.setLocalDescription(await this.peer.createAnswer());
        this.#readTracks(offer.trackIds);
        await this.#signaling.answer(offer.offerId, this.peer.localDescription?.sdp ?? '');
      })
      .catch((error: unknown) => {
        if (!this.#closed) {
          this.#listener.failed(error instanceof Error ? error.message : 'The offer was refused');
        }
      });
  }

  /** Asks for a track; it is there when `receiver` knows it. */
  want(trackId: string): void {
    this.#wanted.add(trackId);
    this.#planUpdate();
  }

  /** No longer asks for it. */
  unwant(trackId: string): void {
    this.#wanted.delete(trackId);
    this.#planUpdate();
  }

  /** The track has ended; the server has ended its subscriptions with it. */
  forget(trackId: string): void {
    this.#wanted.delete(trackId);
    this.#asked.delete(trackId);
  }

  /** Who receives this track now. */
  receiver(trackId: string): RTCRtpReceiver | undefined {
    return this.#receivers.get(trackId);
  }

  close(): void {
    this.#closed = true;
    this.#receivers.clear();
    this.#media.close();
  }

  /** The server offers a new connection in place of the one before. */
  #begin(number: number): void {
    const isFirst = this.#number === 0;
    this.#number = number;
    if (!isFirst) {
      this.#media.close();
      this.#media = this.#openPeer();
      this.#listener.replaced();
    }
  }

  #openPeer(): MediaPeer {
    return new MediaPeer(
      {
        stateChanged: (state) => {
          this.#listener.stateChanged(state);
        },
        impaired: () => {
          this.#listener.impaired();
        },
        hopeless: () => {
          this.#listener.failed('Media from the server could not reach this browser');
        },
      },
      this.#hopelessMs,
    );
  }

  #readTracks(trackIds: Record<string, string>): void {
    this.#trackIds = trackIds;
    this.#receivers.clear();
    for (const transceiver of this.peer.getTransceivers()) {
      const trackId = transceiver.mid === null ? undefined : trackIds[transceiver.mid];
      if (trackId !== undefined) {
        this.#receivers.set(trackId, transceiver.receiver);
      }
    }
    this.#listener.tracksChanged();
  }

  #planUpdate(): void {
    if (this.#updatePlanned) {
      return;
    }
    this.#updatePlanned = true;
    void this.#updates.run(async () => {
      this.#updatePlanned = false;
      const subscribe = [...this.#wanted].filter((id) => !this.#asked.has(id));
      const unsubscribe = [...this.#asked].filter((id) => !this.#wanted.has(id));
      if (this.#closed || subscribe.length + unsubscribe.length === 0) {
        return;
      }
      for (const id of unsubscribe) {
        this.#asked.delete(id);
      }
      try {
        await this.#ask(subscribe, unsubscribe);
      } catch {
        // Refused as a whole, most likely because one track was just going; the others are asked for one by one. Whoever
        // waits for a track that is gone sees it end with the roster.
        await this.#ask([], unsubscribe).catch(() => undefined);
        for (const id of subscribe) {
          await this.#ask([id], []).catch(() => undefined);
        }
      }
    });
  }

  async #ask(subscribe: string[], unsubscribe: string[]): Promise<void> {
    if (!this.#closed && subscribe.length + unsubscribe.length > 0) {
      await this.#signaling.updateSubscriptions(subscribe, unsubscribe);
      for (const id of subscribe) {
        this.#asked.add(id);
      }
    }
  }
}
