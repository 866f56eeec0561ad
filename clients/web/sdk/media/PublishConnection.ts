import { mediaFailed } from '../errors';
import type { PublishAnswer } from '../generated/vaxel/signaling/v1/signaling_pb';
import { TrackKind, TrackState } from '../generated/vaxel/signaling/v1/signaling_pb';
import { SerialQueue } from './SerialQueue';

/** A track that the offer sends, as the protocol's PublishedTrack. */
export interface OfferedTrack {
  mid: string;
  kind: TrackKind;
  muted: boolean;
}

/** What publishing needs of signalling. */
export interface PublishSignaling {
  publish(sdp: string, tracks: OfferedTrack[]): Promise<PublishAnswer>;
  setTrackState(trackId: string, state: TrackState): Promise<void>;
}

export interface ConnectionListener {
  /** Media can flow; again after each recovery. */
  connected(): void;
  /** Media can't flow any more. */
  failed(reason: string): void;
}

/** Restarts without a success between them, before the connection is given up. */
const MAX_RESTARTS = 3;

/** How long after a failure noticed here the server may take to notice it too. */
export const HOPELESS_MS = 40_000;

interface Slot {
  transceiver: RTCRtpTransceiver;
  track: MediaStreamTrack | null;
  muted: boolean;
  /** The server's id while the track is published. */
  trackId: string | undefined;
}

/**
 * The connection on which this client sends: the client offers, the server answers. There is one media section for each
 * kind of track; it is used again when a camera restarts. All changes go through one queue, so at most one offer is open.
 */
export class PublishConnection {
  readonly #signaling: PublishSignaling;
  readonly #listener: ConnectionListener;
  #peer: RTCPeerConnection;
  readonly #queue = new SerialQueue();
  readonly #slots = new Map<TrackKind, Slot>();
  #restarts = 0;
  #hopeless: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(signaling: PublishSignaling, listener: ConnectionListener) {
    this.#signaling = signaling;
    this.#listener = listener;
    this.#peer = this.#openPeer();
  }

  /** Sends this track as the one of its kind, in place of what was sent before; null takes it off. */
  set(kind: TrackKind, track: MediaStreamTrack | null, muted = false): Promise<void> {
    return this.#queue.run(async () => {
      this.#checkOpen();
      const slot = this.#slots.get(kind);
      if (track !== null && slot?.trackId !== undefined) {
        // Another source of the same kind: no new offer, the others see no change.
        await slot.transceiver.sender.replaceTrack(track);
        slot.track = track;
        track.enabled = !slot.muted;
      } else if (track !== null || slot?.trackId !== undefined) {
        await this.#change(kind, track, muted);
      }
    });
  }

  /** Mutes or unmutes: here at once, for the others when the server has heard of it. */
  setMuted(kind: TrackKind, muted: boolean): Promise<void> {
    const current = this.#slots.get(kind)?.track;
    if (current) {
      current.enabled = !muted;
    }
    return this.#queue.run(async () => {
      this.#checkOpen();
      const slot = this.#slots.get(kind);
      if (slot?.trackId === undefined || slot.muted === muted) {
        return;
      }
      slot.muted = muted;
      if (slot.track !== null) {
        slot.track.enabled = !muted;
      }
      await this.#signaling.setTrackState(slot.trackId, muted ? TrackState.MUTED : TrackState.ON);
    });
  }

  /** Sends everything again on a new peer connection, as the server asks after it lost and closed the one before. */
  restart(): void {
    if (this.#closed) {
      return;
    }
    if (++this.#restarts > MAX_RESTARTS) {
      this.#listener.failed('Media could not reach the server');
      return;
    }
    this.#queue
      .run(async () => {
        this.#checkOpen();
        clearTimeout(this.#hopeless);
        this.#peer.close();
        this.#peer = this.#openPeer();
        const before = [...this.#slots];
        this.#slots.clear();
        for (const [kind, { track, muted }] of before) {
          if (track !== null) {
            await this.#fill(this.#openSlot(kind), track, muted);
          }
        }
        if (this.#slots.size > 0) {
          await this.#negotiate();
        }
      })
      .catch((error: unknown) => {
        if (!this.#closed) {
          this.#listener.failed(error instanceof Error ? error.message : 'The restart failed');
        }
      });
  }

  get isConnected(): boolean {
    return this.#peer.connectionState === 'connected';
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#hopeless);
    this.#peer.close();
  }

  #openPeer(): RTCPeerConnection {
    const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    peer.addEventListener('connectionstatechange', () => {
      if (peer === this.#peer) {
        this.#stateChanged();
      }
    });
    return peer;
  }

  /** Puts a track into its slot or takes it out, and negotiates; all as before if that fails. */
  async #change(kind: TrackKind, track: MediaStreamTrack | null, muted: boolean): Promise<void> {
    const slot = this.#slots.get(kind) ?? this.#openSlot(kind);
    const before = { track: slot.track, muted: slot.muted };
    await this.#fill(slot, track, muted);
    try {
      await this.#negotiate();
    } catch (error) {
      if (!this.#closed) {
        await this.#fill(slot, before.track, before.muted);
      }
      throw error;
    }
  }

  #openSlot(kind: TrackKind): Slot {
    const transceiver = this.#peer.addTransceiver(kind === TrackKind.AUDIO ? 'audio' : 'video', {
      direction: 'sendonly',
    });
    const slot: Slot = { transceiver, track: null, muted: false, trackId: undefined };
    this.#slots.set(kind, slot);
    return slot;
  }

  async #fill(slot: Slot, track: MediaStreamTrack | null, muted: boolean): Promise<void> {
    slot.track = track;
    slot.muted = muted;
    slot.transceiver.direction = track === null ? 'inactive' : 'sendonly';
    await slot.transceiver.sender.replaceTrack(track);
    if (track !== null) {
      track.enabled = !muted;
    }
  }

  async #negotiate(): Promise<void> {
    // No waiting for candidates: the server is ICE-lite and learns our addresses from the checks.
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    try {
      const answer = await this.#signaling.publish(
        this.#peer.localDescription?.sdp ?? '',
        this.#offered(),
      );
      await this.#peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      for (const slot of this.#slots.values()) {
        const mid = slot.transceiver.mid;
        slot.trackId =
          slot.track === null || mid === null ? undefined : (answer.trackIds[mid] ?? undefined);
      }
    } catch (error) {
      if (!this.#closed && this.#peer.signalingState === 'have-local-offer') {
        await this.#peer.setLocalDescription({ type: 'rollback' });
      }
      throw error;
    }
  }

  #offered(): OfferedTrack[] {
    const tracks: OfferedTrack[] = [];
    for (const [kind, slot] of this.#slots) {
      if (slot.track !== null && slot.transceiver.mid !== null) {
        tracks.push({ mid: slot.transceiver.mid, kind, muted: slot.muted });
      }
    }
    return tracks;
  }

  #stateChanged(): void {
    clearTimeout(this.#hopeless);
    if (this.#peer.connectionState === 'connected') {
      this.#restarts = 0;
      this.#listener.connected();
    } else if (this.#peer.connectionState === 'failed') {
      // The server notices too, and then asks for a restart.
      this.#hopeless = setTimeout(() => {
        this.#listener.failed('Media could not reach the server');
      }, HOPELESS_MS);
    }
  }

  #checkOpen(): void {
    if (this.#closed) {
      throw mediaFailed('The call is over');
    }
  }
}
