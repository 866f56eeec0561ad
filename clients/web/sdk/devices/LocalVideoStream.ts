import type { MediaStreamType, VideoDeviceInfo } from '../api';
import type { PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import { LocalSource } from './LocalSource';

/** What a camera is asked for; browsers give what they have. */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

export interface LocalVideoStreamEvents {
  videoSourceChanged: PropertyChangedEvent;
}

export interface LocalStreamOptions {
  /** Close the device when a call that sent it ends. True unless set. */
  autoDisposeOnCallEnd?: boolean;
}

/** A camera, or a stream that the application made, to be shown here and sent into calls. */
export class LocalVideoStream {
  /** @internal */
  readonly localSource: LocalSource;
  /** @internal */
  readonly disposesOnCallEnd: boolean;
  readonly #emitter = new Emitter<LocalVideoStreamEvents>();
  #mediaStreamType: MediaStreamType;
  #source: VideoDeviceInfo | MediaStream;

  constructor(source: VideoDeviceInfo | MediaStream, options: LocalStreamOptions = {}) {
    this.#source = source;
    this.#mediaStreamType =
      !(source instanceof MediaStream) && source.deviceType === 'ScreenSharing'
        ? 'ScreenSharing'
        : 'Video';
    this.disposesOnCallEnd = options.autoDisposeOnCallEnd ?? true;
    this.localSource = new LocalSource(
      this.#mediaStreamType === 'ScreenSharing' ? 'screen' : 'camera',
      constraintsFor(source),
    );
  }

  get source(): VideoDeviceInfo | MediaStream {
    return this.#source;
  }

  get mediaStreamType(): MediaStreamType {
    return this.#mediaStreamType;
  }

  /** Changes to another camera, also while it is being sent. @throws CommunicationServicesError when it can't be opened */
  async switchSource(source: VideoDeviceInfo): Promise<void> {
    await this.#switch(source);
  }

  /** Changes to a stream of the application, also while it is being sent. */
  async setMediaStream(stream: MediaStream): Promise<void> {
    await this.#switch(stream);
  }

  /** The stream; opens the camera until `dispose()`. @throws CommunicationServicesError when it can't be opened */
  async getMediaStream(): Promise<MediaStream> {
    return (await this.localSource.acquire()).stream;
  }

  /** Closes the camera. */
  dispose(): void {
    this.localSource.dispose();
  }

  on<K extends keyof LocalVideoStreamEvents>(event: K, listener: LocalVideoStreamEvents[K]): void {
    this.#emitter.on(event, listener);
  }

  off<K extends keyof LocalVideoStreamEvents>(event: K, listener: LocalVideoStreamEvents[K]): void {
    this.#emitter.off(event, listener);
  }

  /** @internal A stream of the application is being shared as a screen. */
  becomeScreenShare(): void {
    this.#mediaStreamType = 'ScreenSharing';
  }

  async #switch(source: VideoDeviceInfo | MediaStream): Promise<void> {
    await this.localSource.switchTo(constraintsFor(source));
    this.#source = source;
    this.#emitter.emit('videoSourceChanged');
  }
}

function constraintsFor(
  source: VideoDeviceInfo | MediaStream,
): MediaStream | MediaStreamConstraints {
  if (source instanceof MediaStream) {
    return source;
  }
  if (source.deviceType === 'ScreenSharing') {
    return { video: { frameRate: { ideal: 15, max: 30 } }, audio: false };
  }
  // A device without an id is the default one of a browser that hasn't been allowed to tell them apart.
  return { video: source.id === '' ? CAMERA : { ...CAMERA, deviceId: { exact: source.id } } };
}
