import type { RemoteAudioStream } from '../api';
import { Emitter } from '../events';
import type { Volume } from './Volume';
import { VolumeMeter } from './Volume';

interface IncomingAudioEvents {
  /** The browser began or stopped refusing to play. */
  blockedChanged: () => void;
}

/** What the user does that browsers take as leave to play sound. */
const GESTURES = ['pointerup', 'touchend', 'keydown'] as const;

/**
 * Plays the audio tracks of the others through hidden elements, one for each track, and mixes them into one stream for those
 * who ask. A browser that refuses to play before a gesture is asked again at the next one.
 */
export class IncomingAudio extends Emitter<IncomingAudioEvents> {
  readonly stream: RemoteAudioStream = {
    getMediaStream: () => Promise.resolve(this.#mix().destination.stream),
    getVolume: () => Promise.resolve(this.#volume()),
  };

  readonly #elements = new Map<string, { element: HTMLAudioElement; track: MediaStreamTrack }>();
  readonly #sources = new Map<string, MediaStreamAudioSourceNode>();
  readonly #blocked = new Set<HTMLAudioElement>();
  readonly #gesture = (): void => {
    void this.#mixer?.context.resume();
    for (const element of [...this.#blocked]) {
      this.#play(element);
    }
  };
  #mixer: { context: AudioContext; destination: MediaStreamAudioDestinationNode } | undefined;
  #meter: VolumeMeter | undefined;
  #muted = false;
  #speakerId = '';

  constructor() {
    super();
    for (const gesture of GESTURES) {
      document.addEventListener(gesture, this.#gesture, true);
    }
  }

  get isMuted(): boolean {
    return this.#muted;
  }

  get isBlocked(): boolean {
    return this.#blocked.size > 0;
  }

  /** Plays exactly these tracks from now on. */
  setTracks(tracks: ReadonlyMap<string, MediaStreamTrack>): void {
    for (const [trackId, { track }] of [...this.#elements]) {
      if (tracks.get(trackId) !== track) {
        this.#remove(trackId);
      }
    }
    for (const [trackId, track] of tracks) {
      if (!this.#elements.has(trackId)) {
        this.#add(trackId, track);
      }
    }
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    for (const { element } of this.#elements.values()) {
      element.muted = muted;
    }
  }

  /** Plays on this speaker; an empty id is the system's default. */
  async setSpeaker(deviceId: string): Promise<void> {
    this.#speakerId = deviceId;
    await Promise.all(
      [...this.#elements.values()].map(({ element }) => element.setSinkId(deviceId)),
    );
  }

  close(): void {
    for (const gesture of GESTURES) {
      document.removeEventListener(gesture, this.#gesture, true);
    }
    this.setTracks(new Map());
    this.#meter?.close();
    void this.#mixer?.context.close();
  }

  #add(trackId: string, track: MediaStreamTrack): void {
    const element = document.createElement('audio');
    element.hidden = true;
    element.muted = this.#muted;
    element.srcObject = new MediaStream([track]);
    if (this.#speakerId !== '') {
      // A speaker that is gone meanwhile: the default one plays.
      element.setSinkId(this.#speakerId).catch(() => undefined);
    }
    document.body.append(element);
    this.#elements.set(trackId, { element, track });
    this.#play(element);
    if (this.#mixer !== undefined) {
      this.#connect(trackId, track, this.#mixer);
    }
  }

  #remove(trackId: string): void {
    const element = this.#elements.get(trackId)?.element;
    this.#elements.delete(trackId);
    if (element !== undefined) {
      element.srcObject = null;
      element.remove();
      this.#setBlocked(element, false);
    }
    this.#sources.get(trackId)?.disconnect();
    this.#sources.delete(trackId);
  }

  #play(element: HTMLAudioElement): void {
    element.play().then(
      () => {
        this.#setBlocked(element, false);
      },
      (error: unknown) => {
        // Anything else than a refusal means that the element was taken away while it was starting.
        const refused = error instanceof DOMException && error.name === 'NotAllowedError';
        this.#setBlocked(element, refused && element.isConnected);
      },
    );
  }

  #setBlocked(element: HTMLAudioElement, blocked: boolean): void {
    const before = this.isBlocked;
    if (blocked) {
      this.#blocked.add(element);
    } else {
      this.#blocked.delete(element);
    }
    if (this.isBlocked !== before) {
      this.emit('blockedChanged');
    }
  }

  #mix(): { context: AudioContext; destination: MediaStreamAudioDestinationNode } {
    if (this.#mixer === undefined) {
      const context = new AudioContext();
      this.#mixer = { context, destination: context.createMediaStreamDestination() };
      for (const [trackId, { track }] of this.#elements) {
        this.#connect(trackId, track, this.#mixer);
      }
    }
    return this.#mixer;
  }

  #connect(
    trackId: string,
    track: MediaStreamTrack,
    mixer: { context: AudioContext; destination: MediaStreamAudioDestinationNode },
  ): void {
    const source = mixer.context.createMediaStreamSource(new MediaStream([track]));
    source.connect(mixer.destination);
    this.#sources.set(trackId, source);
  }

  #volume(): Volume {
    if (this.#meter === undefined) {
      this.#meter = new VolumeMeter();
      this.#meter.measure(this.#mix().destination.stream.clone());
    }
    return this.#meter;
  }
}
