import type { CallingLogger, JoinCallOptions } from '../api';
import type { LocalAudioStream } from '../devices/LocalAudioStream';
import type { Lease } from '../devices/LocalSource';
import type { LocalVideoStream } from '../devices/LocalVideoStream';
import { mediaFailed, streamNotAvailable, wrongState } from '../errors';
import { Emitter } from '../events';
import { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';
import { modalityFailed } from '../media/FlowWait';
import type { PublishConnection } from '../media/PublishConnection';
import { SerialQueue } from '../media/SerialQueue';

/** The documented limit for adding a video or a screen share, where the server doesn't say. */
const MODALITY_TIMEOUT_MS = 40_000;

export type LocalStream = LocalVideoStream | LocalAudioStream;

interface LocalMediaEvents {
  mutedChanged: () => void;
  started: (kind: TrackKind, stream: LocalStream) => void;
  stopped: (kind: TrackKind, stream: LocalStream) => void;
  /** A device is being opened; with an error, it could not be. */
  opening: (opening: { kind: TrackKind; error?: unknown }) => void;
}

/** A local stream that is being sent, or will be as soon as the call is joined. */
interface Outgoing {
  stream: LocalStream;
  track: MediaStreamTrack;
  /** Gives the device back and stops listening to it. Returns whether no other call sends the stream. */
  close(): boolean;
}

/**
 * What this client sends into a call: at most one microphone, one camera and one screen. Changes are made one at a time, except
 * that muting never waits.
 */
export class LocalMedia extends Emitter<LocalMediaEvents> {
  readonly #defaultMicrophone: () => LocalAudioStream;
  readonly #logger: CallingLogger | undefined;
  readonly #changes = new SerialQueue();
  readonly #outgoing = new Map<TrackKind, Outgoing>();
  #publish: PublishConnection | undefined;
  #modalityMs = MODALITY_TIMEOUT_MS;
  #muted = false;
  /** Counts mute and unmute, so that an unmute that waits for the user's consent knows of a later mute. */
  #lastWish = 0;
  #closed = false;

  constructor(defaultMicrophone: () => LocalAudioStream, logger: CallingLogger | undefined) {
    super();
    this.#defaultMicrophone = defaultMicrophone;
    this.#logger = logger;
  }

  get isMuted(): boolean {
    return this.#muted;
  }

  /** The stream being sent as this kind. */
  stream(kind: TrackKind): LocalStream | undefined {
    return this.#outgoing.get(kind)?.stream;
  }

  /** Opens what the call begins with; what can't be opened is left out. */
  prepare(options: JoinCallOptions): Promise<void> {
    this.#muted = options.audioOptions?.muted ?? false;
    return this.#changes.run(async () => {
      const camera = options.videoOptions?.localVideoStreams?.[0];
      const microphone = options.audioOptions?.localAudioStreams?.[0];
      if (!this.#muted) {
        await this.#tryToStart(TrackKind.AUDIO, microphone ?? this.#defaultMicrophone());
        if (!this.#outgoing.has(TrackKind.AUDIO)) {
          this.#setMuted(true);
        }
      }
      if (camera !== undefined) {
        await this.#tryToStart(TrackKind.VIDEO, camera);
      }
    });
  }

  /** The call is joined: sends what is open, and from now on what is started. False when there is nothing to send. */
  attach(publish: PublishConnection, modalityMs = MODALITY_TIMEOUT_MS): Promise<boolean> {
    return this.#changes.run(async () => {
      this.#publish = publish;
      this.#modalityMs = modalityMs;
      for (const [kind, outgoing] of this.#outgoing) {
        await publish.set(kind, outgoing.track, this.#isMuted(kind));
      }
      return this.#outgoing.size > 0;
    });
  }

  async mute(): Promise<void> {
    this.#lastWish++;
    this.#setMuted(true);
    await this.#publish?.setMuted(TrackKind.AUDIO, true);
  }

  unmute(): Promise<void> {
    const wish = ++this.#lastWish;
    const overtaken = (): boolean => this.#lastWish !== wish;
    return this.#changes.run(async () => {
      if (overtaken()) {
        return;
      }
      if (this.#outgoing.has(TrackKind.AUDIO)) {
        await this.#publish?.setMuted(TrackKind.AUDIO, false);
      } else {
        await this.#start(TrackKind.AUDIO, this.#defaultMicrophone(), overtaken);
      }
      if (overtaken()) {
        await this.#publish?.setMuted(TrackKind.AUDIO, true);
      } else {
        this.#setMuted(false);
      }
    });
  }

  /** Sends a stream as this kind. @throws CommunicationServicesError 409 when another is being sent as video or screen */
  start(kind: TrackKind, stream: LocalStream): Promise<void> {
    return this.#changes.run(async () => {
      const before = this.#outgoing.get(kind);
      if (before?.stream === stream) {
        return;
      }
      if (before !== undefined && kind !== TrackKind.AUDIO) {
        throw wrongState('Another stream is being sent: stop it first');
      }
      await this.#start(kind, stream, () => this.#isMuted(kind));
    });
  }

  /** Stops sending this kind; nothing happens when none, or another stream than the given one, is being sent. */
  stop(kind: TrackKind, stream?: LocalStream): Promise<void> {
    return this.#changes.run(async () => {
      const outgoing = this.#outgoing.get(kind);
      if (outgoing === undefined || (stream !== undefined && outgoing.stream !== stream)) {
        return;
      }
      this.#outgoing.delete(kind);
      outgoing.close();
      if (kind === TrackKind.AUDIO) {
        this.#setMuted(true);
      }
      this.emit('stopped', kind, outgoing.stream);
      await this.#publish?.set(kind, null);
    });
  }

  /** The call is over. Devices are given back; streams that want it are closed, unless another call sends them. */
  close(): void {
    this.#closed = true;
    for (const [kind, outgoing] of [...this.#outgoing]) {
      this.#outgoing.delete(kind);
      if (outgoing.close() && outgoing.stream.disposesOnCallEnd) {
        outgoing.stream.dispose();
      }
      this.emit('stopped', kind, outgoing.stream);
    }
  }

  async #tryToStart(kind: TrackKind, stream: LocalStream): Promise<void> {
    try {
      await this.#start(kind, stream, () => this.#isMuted(kind));
    } catch (error) {
      this.#logger?.warning(`Joining without ${TrackKind[kind].toLowerCase()}`, error);
    }
  }

  /** Opens a stream and sends it in place of the one of its kind. */
  async #start(kind: TrackKind, stream: LocalStream, isMuted: () => boolean): Promise<void> {
    const outgoing = await this.#open(kind, stream);
    try {
      outgoing.track.enabled = !isMuted();
      await this.#send(kind, outgoing.track, isMuted());
      this.#checkOpen();
    } catch (error) {
      outgoing.close();
      throw error;
    }
    const before = this.#outgoing.get(kind);
    this.#outgoing.set(kind, outgoing);
    if (before !== undefined) {
      before.close();
      this.emit('stopped', kind, before.stream);
    }
    this.emit('started', kind, stream);
  }

  /** Sends a track; a picture must flow in time, or all is as before. */
  async #send(kind: TrackKind, track: MediaStreamTrack, muted: boolean): Promise<void> {
    const publish = this.#publish;
    await publish?.set(kind, track, muted);
    if (publish === undefined || kind === TrackKind.AUDIO) {
      return;
    }
    try {
      await publish.flowing(kind, this.#modalityMs, modalityFailed());
    } catch (error) {
      if (!this.#closed) {
        await publish.set(kind, null);
      }
      throw error;
    }
  }

  async #open(kind: TrackKind, stream: LocalStream): Promise<Outgoing> {
    this.#checkOpen();
    const source = stream.localSource;
    const lease = await this.#acquire(kind, source);
    const track = trackOf(kind, lease.stream);
    if (track === undefined || this.#closed) {
      lease.release();
      this.#checkOpen();
      throw streamNotAvailable('The stream has no track of this kind');
    }
    return this.#watch(kind, stream, lease, track);
  }

  async #acquire(kind: TrackKind, source: LocalStream['localSource']): Promise<Lease> {
    this.emit('opening', { kind });
    try {
      return await source.acquire();
    } catch (error) {
      this.emit('opening', { kind, error });
      throw error;
    }
  }

  #watch(kind: TrackKind, stream: LocalStream, lease: Lease, track: MediaStreamTrack): Outgoing {
    const source = stream.localSource;
    const replaced = (media: MediaStream): void => {
      const next = trackOf(kind, media);
      if (next !== undefined) {
        outgoing.track = next;
        next.enabled = !this.#isMuted(kind);
        this.#report(this.#publish?.set(kind, next));
      }
    };
    const ended = (): void => {
      this.#report(this.stop(kind, stream));
    };
    const outgoing: Outgoing = {
      stream,
      track,
      close: () => {
        source.off('replaced', replaced);
        source.off('ended', ended);
        lease.release();
        return source.leftByCall();
      },
    };
    source.sentByCall();
    source.on('replaced', replaced);
    source.on('ended', ended);
    return outgoing;
  }

  #isMuted(kind: TrackKind): boolean {
    return kind === TrackKind.AUDIO && this.#muted;
  }

  #setMuted(muted: boolean): void {
    if (this.#muted !== muted) {
      this.#muted = muted;
      this.emit('mutedChanged');
    }
  }

  #checkOpen(): void {
    if (this.#closed) {
      throw mediaFailed('The call is over');
    }
  }

  /** For changes that nobody waits for. */
  #report(change: Promise<void> | undefined): void {
    change?.catch((error: unknown) => {
      if (!this.#closed) {
        this.#logger?.warning('A change of the local media failed', error);
      }
    });
  }
}

function trackOf(kind: TrackKind, stream: MediaStream): MediaStreamTrack | undefined {
  return kind === TrackKind.AUDIO ? stream.getAudioTracks()[0] : stream.getVideoTracks()[0];
}
