import type { Call } from '../../api';
import type { LocalAudioStream } from '../../devices/LocalAudioStream';
import type { Lease } from '../../devices/LocalSource';
import type { LocalVideoStream } from '../../devices/LocalVideoStream';
import { TrackKind } from '../../generated/vaxel/signaling/v1/signaling_pb';
import { VolumeMeter } from '../../media/Volume';

type LocalStream = LocalVideoStream | LocalAudioStream;

export interface LocalMediaListener {
  started(kind: TrackKind): void;
  ended(kind: TrackKind): void;
  interrupted(kind: TrackKind, isInterrupted: boolean): void;
  /** While muted, and once more when not. */
  speakingWhileMuted(isSpeaking: boolean): void;
}

/** From this level of 100 on, somebody speaks; for as many looks in a row, one each half second. */
const SPEECH_LEVEL = 40;
const SPEECH_LOOKS = 3;
const LOOK_MS = 500;

/** Watches the tracks that a call sends, and listens to the microphone while it is muted. */
export class LocalMediaWatch {
  readonly #call: Call;
  readonly #listener: LocalMediaListener;
  /** What is watched, with what ends the watching. */
  readonly #watched = new Map<LocalStream, () => void>();
  readonly #update = (): void => {
    this.#reconcile();
  };
  #meter: VolumeMeter | undefined;
  #looks: ReturnType<typeof setInterval> | undefined;
  #loudLooks = 0;

  constructor(call: Call, listener: LocalMediaListener) {
    this.#call = call;
    this.#listener = listener;
    call.on('localVideoStreamsUpdated', this.#update);
    call.on('localAudioStreamsUpdated', this.#update);
    call.on('isMutedChanged', this.#update);
    this.#reconcile();
  }

  close(): void {
    this.#call.off('localVideoStreamsUpdated', this.#update);
    this.#call.off('localAudioStreamsUpdated', this.#update);
    this.#call.off('isMutedChanged', this.#update);
    for (const end of this.#watched.values()) {
      end();
    }
    this.#watched.clear();
    this.#stopListening();
  }

  #reconcile(): void {
    const streams: LocalStream[] = [
      ...this.#call.localVideoStreams,
      ...this.#call.localAudioStreams,
    ];
    for (const [stream, end] of [...this.#watched]) {
      if (!streams.includes(stream)) {
        this.#watched.delete(stream);
        end();
      }
    }
    for (const stream of streams) {
      if (!this.#watched.has(stream)) {
        this.#watch(stream);
      }
    }
    const microphone = this.#call.localAudioStreams[0];
    if (this.#call.isMuted && microphone !== undefined) {
      void this.#listenTo(microphone);
    } else {
      this.#stopListening();
    }
  }

  #watch(stream: LocalStream): void {
    const kind = kindOf(stream);
    const source = stream.localSource;
    let lease: Lease | undefined;
    let isOver = false;
    const ended = (): void => {
      this.#listener.ended(kind);
    };
    const muted = (): void => {
      this.#listener.interrupted(kind, true);
    };
    const unmuted = (): void => {
      this.#listener.interrupted(kind, false);
    };
    const watchTracks = (media: MediaStream): void => {
      for (const track of media.getTracks()) {
        track.addEventListener('mute', muted);
        track.addEventListener('unmute', unmuted);
      }
    };
    source.on('ended', ended);
    source.on('replaced', watchTracks);
    source.acquire().then(
      (held) => {
        if (isOver) {
          held.release();
          return;
        }
        lease = held;
        watchTracks(held.stream);
        this.#listener.started(kind);
      },
      () => undefined, // closed meanwhile
    );
    this.#watched.set(stream, () => {
      isOver = true;
      source.off('ended', ended);
      source.off('replaced', watchTracks);
      for (const track of lease?.stream.getTracks() ?? []) {
        track.removeEventListener('mute', muted);
        track.removeEventListener('unmute', unmuted);
      }
      lease?.release();
    });
  }

  async #listenTo(microphone: LocalAudioStream): Promise<void> {
    if (this.#looks !== undefined) {
      return;
    }
    this.#looks = setInterval(() => {
      this.#loudLooks = (this.#meter?.level ?? 0) >= SPEECH_LEVEL ? this.#loudLooks + 1 : 0;
      this.#listener.speakingWhileMuted(this.#loudLooks >= SPEECH_LOOKS);
    }, LOOK_MS);
    try {
      const lease = await microphone.localSource.acquire();
      // A copy that is heard here only: the one that is sent stays silent.
      const copy = lease.stream.clone();
      lease.release();
      for (const track of copy.getAudioTracks()) {
        track.enabled = true;
      }
      const meter = new VolumeMeter();
      meter.measure(copy);
      if (this.#isListening()) {
        this.#meter?.close();
        this.#meter = meter;
      } else {
        meter.close();
      }
    } catch {
      // Without the microphone nobody can be heard.
    }
  }

  #isListening(): boolean {
    return this.#looks !== undefined;
  }

  #stopListening(): void {
    if (this.#looks !== undefined) {
      clearInterval(this.#looks);
      this.#looks = undefined;
      this.#loudLooks = 0;
      this.#listener.speakingWhileMuted(false);
    }
    this.#meter?.close();
    this.#meter = undefined;
  }
}

function kindOf(stream: LocalStream): TrackKind {
  switch (stream.mediaStreamType) {
    case 'Audio':
      return TrackKind.AUDIO;
    case 'ScreenSharing':
      return TrackKind.SCREEN_SHARE;
    default:
      return TrackKind.VIDEO;
  }
}
