import type { CommunicationServicesError } from '../errors';
import { mediaFailed } from '../errors';
import type { PublishAnswer } from '../generated/vaxel/signaling/v1/signaling_pb';
import { TrackKind, TrackState } from '../generated/vaxel/signaling/v1/signaling_pb';
import { FlowWait } from './FlowWait';
import { MediaPeer } from './MediaPeer';
import { SerialQueue } from './SerialQueue';
import type { VideoLimits } from './VideoLimits';

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
  /** A new peer connection is in use. */
  replaced(): void;
  stateChanged(state: RTCPeerConnectionState): void;
  /** Nothing has come through for some seconds: time to look for another way. */
  impaired(): void;
  /** Media can't flow any more. */
  failed(reason: string): void;
}

/** Restarts without a success between them, before the connection is given up. */
const MAX_RESTARTS = 3;

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
  readonly #limits: VideoLimits;
  readonly #hopelessMs: number;
  #media: MediaPeer;
  readonly #queue = new SerialQueue();
  readonly #slots = new Map<TrackKind, Slot>();
  readonly #waiting = new FlowWait();
  #restarts = 0;
  #iceRestartPlanned = false;
  #closed = false;

  constructor(
    signaling: PublishSignaling,
    listener: ConnectionListener,
    limits: VideoLimits,
    hopelessMs: number,
  ) {
    this.#signaling = signaling;
    this.#listener = listener;
    this.#limits = limits;
    this.#hopelessMs = hopelessMs;
    this.#media = this.#openPeer();
  }

  get peer(): RTCPeerConnection {
    return this.#media.connection;
  }

  get isConnected(): boolean {
    return this.#media.isConnected;
  }

  get isImpaired(): boolean {
    return this.#media.isImpaired;
  }

  /** What is sent in a media section. */
  kindOfMid(mid: string): TrackKind | undefined {
    return this.#kindOf((slot) => slot.track !== null && slot.transceiver.mid === mid);
  }

  /** What the server's track is here. */
  kindOfTrack(trackId: string): TrackKind | undefined {
    return this.#kindOf((slot) => slot.trackId === trackId);
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

  /** Waits until media can flow to the server; as `FlowWait.wait`. */
  async flowing(
    kind: TrackKind | undefined,
    timeoutMs: number,
    late: CommunicationServicesError,
  ): Promise<void> {
    this.#checkOpen();
    if (!this.isConnected) {
      await this.#waiting.wait(kind, timeoutMs, late);
    }
  }

  /** The server says that tracks of this kind did not come about. True when somebody waited for it and knows now. */
  modalityFailed(kind: TrackKind, error: CommunicationServicesError): boolean {
    return this.#waiting.failed(kind, error);
  }

  /** Lets the camera keep within the limits from now on. */
  applyLimits(): Promise<void> {
    return this.#queue.run(async () => {
      const sender = this.#slots.get(TrackKind.VIDEO)?.transceiver.sender;
      if (sender?.track) {
        await this.#limits.apply(sender);
      }
    });
  }

  /** Looks for another way to the server; media goes on the way it has until there is one. */
  restartIce(): void {
    if (this.#closed || this.#iceRestartPlanned || this.#slots.size === 0) {
      return;
    }
    this.#iceRestartPlanned = true;
    this.#queue
      .run(async () => {
        this.#iceRestartPlanned = false;
        this.#checkOpen();
        this.peer.restartIce();
        await this.#negotiate();
      })
      // Refused, or the connection is gone: the server then says that it failed, and a new one is made.
      .catch(() => undefined);
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
        this.#media.close();
        this.#media = this.#openPeer();
        this.#listener.replaced();
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

  close(): void {
    this.#closed = true;
    this.#waiting.close();
    this.#media.close();
  }

  #openPeer(): MediaPeer {
    return new MediaPeer(
      {
        stateChanged: (state) => {
          if (state === 'connected') {
            this.#restarts = 0;
            this.#waiting.flows();
          }
          this.#listener.stateChanged(state);
        },
        impaired: () => {
          this.#listener.impaired();
        },
        hopeless: () => {
          this.#listener.failed('Media could not reach the server');
        },
      },
      this.#hopelessMs,
    );
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
    const transceiver = this.peer.addTransceiver(kind === TrackKind.AUDIO ? 'audio' : 'video', {
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
    await this.peer.setLocalDescription(await this.peer.createOffer());
    try {
      const answer = await this.#signaling.publish(
        this.peer.localDescription?.sdp ?? '',
        this.#offered(),
      );
      await this.peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      for (const slot of this.#slots.values()) {
        const mid = slot.transceiver.mid;
        slot.trackId =
          slot.track === null || mid === null ? undefined : (answer.trackIds[mid] ?? undefined);
      }
      const camera = this.#slots.get(TrackKind.VIDEO)?.transceiver.sender;
      if (camera?.track && this.#limits.isSet) {
        await this.#limits.apply(camera);
      }
    } catch (error) {
      if (!this.#closed && this.peer.signalingState === 'have-local-offer') {
        await this.peer.setLocalDescription({ type: 'rollback' });
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

  #kindOf(matches: (slot: Slot) => boolean): TrackKind | undefined {
    return [...this.#slots].find(([, slot]) => matches(slot))?.[0];
  }

  #checkOpen(): void {
    if (this.#closed) {
      throw mediaFailed('The call is over');
    }
  }
}
