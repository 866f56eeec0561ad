import type { MediaStreamType } from '../api';
import { bindMembers } from '../bindMembers';
import { Emitter } from '../events';
import type { VideoStreamFeature, VideoStreamFeatureFactory } from '../features/feature';
import { LocalSource } from './LocalSource';
import type { VideoDeviceInfo } from './types';

/** What a camera is asked for; browsers give what they have. */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

export type VideoSourceChangedEvent = (args: { source: LocalVideoStream }) => void;

export interface LocalVideoStreamEvents {
  videoSourceChanged: VideoSourceChangedEvent;
}

export interface LocalStreamOptions {
  /** Close the device when a call that sent it ends. True unless set. */
  autoDisposeOnCallEnd?: boolean;
}
export type LocalVideoStreamOptions = LocalStreamOptions;

/** A camera, or a stream that the application made, to be shown here and sent into calls. */
export class LocalVideoStream {
  /** @internal */
  readonly localSource: LocalSource;
  /** @internal */
  readonly disposesOnCallEnd: boolean;
  readonly #emitter = new Emitter<LocalVideoStreamEvents>();
  readonly #features = new Map<unknown, VideoStreamFeature>();
  #mediaStreamType: MediaStreamType;
  #source: VideoDeviceInfo;

  constructor(source: VideoDeviceInfo | MediaStream, options: LocalStreamOptions = {}) {
    bindMembers(this);
    this.#source = deviceOf(source);
    this.#mediaStreamType = this.#source.deviceType === 'ScreenSharing' ? 'ScreenSharing' : 'Video';
    this.disposesOnCallEnd = options.autoDisposeOnCallEnd ?? true;
    this.localSource = new LocalSource(
      this.#mediaStreamType === 'ScreenSharing' ? 'screen' : 'camera',
      cameraConstraints(source),
    );
  }

  /** The camera; of a stream that the application made, the device that its track names, as far as it does. */
  get source(): VideoDeviceInfo {
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

  /** The same object on each call. */
  feature<T extends VideoStreamFeature>(factory: VideoStreamFeatureFactory<T>): T {
    const known = this.#features.get(factory) as T | undefined;
    const feature = known ?? new factory.videoStreamApiCtor({ streamInstance: this });
    this.#features.set(factory, feature);
    return feature;
  }

  /** Closes the camera. */
  dispose(): void {
    for (const feature of this.#features.values()) {
      feature.dispose();
    }
    this.#features.clear();
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
    await this.localSource.switchTo(cameraConstraints(source));
    this.#source = deviceOf(source);
    this.#emitter.emit('videoSourceChanged', { source: this });
  }
}

function deviceOf(source: VideoDeviceInfo | MediaStream): VideoDeviceInfo {
  if (!(source instanceof MediaStream)) {
    return source;
  }
  const track = source.getVideoTracks()[0];
  return {
    id: track?.getSettings().deviceId ?? '',
    name: track?.label ?? '',
    deviceType: 'Unknown',
  };
}

/** What is asked of the browser for a camera or a screen; a stream of the application is itself. */
export function cameraConstraints(
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
