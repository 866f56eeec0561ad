import { streamNotAvailable } from '../errors';
import { Emitter } from '../events';
import type { Lease } from './LocalSource';
import { LocalSource } from './LocalSource';
import { cameraConstraints } from './LocalVideoStream';
import type { VideoDeviceInfo } from './types';

interface SourceChangedEvents {
  /** Another camera or stream: this is its track. */
  sourceChanged: (track: MediaStreamTrack) => void;
}

/** A camera as its bare track, for code that works on pictures. */
export class WbLocalVideoStream {
  readonly #source: LocalSource;
  readonly #emitter = new Emitter<SourceChangedEvents>();
  #lease: Promise<Lease> | undefined;

  constructor(source: VideoDeviceInfo | MediaStream) {
    this.#source = new LocalSource('camera', cameraConstraints(source));
    this.#source.on('replaced', (stream) => {
      const track = stream.getVideoTracks()[0];
      if (track !== undefined) {
        this.#emitter.emit('sourceChanged', track);
      }
    });
  }

  /** The track; opens the camera until `dispose()`. @throws CommunicationServicesError when it can't be opened */
  async getVideoTrack(): Promise<MediaStreamTrack> {
    const lease = (this.#lease ??= this.#source.acquire());
    lease.catch(() => {
      this.#lease = undefined;
    });
    const track = (await lease).stream.getVideoTracks()[0];
    if (track === undefined) {
      throw streamNotAvailable('The stream has no video');
    }
    return track;
  }

  /** Changes to another camera or stream. @throws CommunicationServicesError when it can't be opened */
  async switchSource(source: VideoDeviceInfo | MediaStream): Promise<void> {
    await this.#source.switchTo(cameraConstraints(source));
  }

  on<K extends keyof SourceChangedEvents>(event: K, listener: SourceChangedEvents[K]): void {
    this.#emitter.on(event, listener);
  }

  off<K extends keyof SourceChangedEvents>(event: K, listener: SourceChangedEvents[K]): void {
    this.#emitter.off(event, listener);
  }

  /** Closes the camera. */
  dispose(): void {
    this.#lease = undefined;
    this.#source.dispose();
  }
}
