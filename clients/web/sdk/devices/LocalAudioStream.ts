import type { MediaStreamType } from '../api';
import { bindMembers } from '../bindMembers';
import { Emitter } from '../events';
import type { AudioStreamFeature, AudioStreamFeatureFactory } from '../features/feature';
import type { Volume } from '../media/Volume';
import { VolumeMeter } from '../media/Volume';
import { LocalSource } from './LocalSource';
import type { LocalStreamOptions } from './LocalVideoStream';
import type { AudioDeviceInfo } from './types';

export type AudioSourceChangedEvent = (args: { source: LocalAudioStream }) => void;

export interface LocalAudioStreamEvents {
  audioSourceChanged: AudioSourceChangedEvent;
}
export type LocalAudioStreamOptions = LocalStreamOptions;

/** What the browser's own processing of a microphone is asked for. */
export interface AudioProcessing {
  echoCancellation?: boolean;
  noiseSuppression?: boolean;
}

/** A microphone, or a stream that the application made, to be sent into calls. */
export class LocalAudioStream {
  /** @internal */
  readonly localSource: LocalSource;
  /** @internal */
  readonly disposesOnCallEnd: boolean;
  readonly mediaStreamType: MediaStreamType = 'Audio';
  readonly #emitter = new Emitter<LocalAudioStreamEvents>();
  readonly #features = new Map<unknown, AudioStreamFeature>();
  #source: AudioDeviceInfo;
  #given: MediaStream | undefined;
  #processing: AudioProcessing = {};
  #meter: VolumeMeter | undefined;

  constructor(source: AudioDeviceInfo | MediaStream, options: LocalStreamOptions = {}) {
    bindMembers(this);
    this.#source = deviceOf(source);
    this.#given = source instanceof MediaStream ? source : undefined;
    this.disposesOnCallEnd = options.autoDisposeOnCallEnd ?? true;
    this.localSource = new LocalSource('microphone', this.#constraints());
  }

  /** The microphone; of a stream that the application made, the device that its track names, as far as it does. */
  get source(): AudioDeviceInfo {
    return this.#source;
  }

  /** Changes to another microphone, also while it is being sent. @throws CommunicationServicesError when it can't be opened */
  async switchSource(source: AudioDeviceInfo): Promise<void> {
    await this.#switch(source);
  }

  /** Changes to a stream of the application, also while it is being sent. */
  async setMediaStream(stream: MediaStream): Promise<void> {
    await this.#switch(stream);
  }

  /** The stream; opens the microphone until `dispose()`. @throws CommunicationServicesError when it can't be opened */
  async getMediaStream(): Promise<MediaStream> {
    return (await this.localSource.acquire()).stream;
  }

  /** How loud it is; opens the microphone until `dispose()`. @throws CommunicationServicesError when it can't be opened */
  async getVolume(): Promise<Volume> {
    const { stream } = await this.localSource.acquire();
    if (this.#meter === undefined) {
      const meter = new VolumeMeter();
      this.#meter = meter;
      // A copy, so that the level is there while the microphone is muted.
      meter.measure(stream.clone());
      this.localSource.on('replaced', (replacement) => {
        meter.measure(replacement.clone());
      });
    }
    return this.#meter;
  }

  /** The same object on each call. */
  feature<T extends AudioStreamFeature>(factory: AudioStreamFeatureFactory<T>): T {
    const known = this.#features.get(factory) as T | undefined;
    const feature = known ?? new factory.audioStreamApiCtor({ streamInstance: this });
    this.#features.set(factory, feature);
    return feature;
  }

  /** Closes the microphone. */
  dispose(): void {
    for (const feature of this.#features.values()) {
      feature.dispose();
    }
    this.#features.clear();
    this.#meter?.close();
    this.#meter = undefined;
    this.localSource.dispose();
  }

  on<K extends keyof LocalAudioStreamEvents>(event: K, listener: LocalAudioStreamEvents[K]): void {
    this.#emitter.on(event, listener);
  }

  off<K extends keyof LocalAudioStreamEvents>(event: K, listener: LocalAudioStreamEvents[K]): void {
    this.#emitter.off(event, listener);
  }

  /**
   * @internal Has the browser process the microphone like this from now on, also while it is being sent; all stays as it was when it can't.
   * @throws CommunicationServicesError when the microphone can't be opened like that
   */
  async process(processing: AudioProcessing): Promise<void> {
    const before = this.#processing;
    this.#processing = { ...before, ...processing };
    try {
      if (this.#given === undefined) {
        await this.localSource.switchTo(this.#constraints());
      } else {
        const tracks = this.#given.getAudioTracks();
        await Promise.all(tracks.map((track) => track.applyConstraints(this.#processing)));
      }
    } catch (error) {
      this.#processing = before;
      throw error;
    }
  }

  async #switch(source: AudioDeviceInfo | MediaStream): Promise<void> {
    const given = source instanceof MediaStream ? source : undefined;
    const device = deviceOf(source);
    await this.localSource.switchTo(given ?? constraintsFor(device, this.#processing));
    this.#given = given;
    this.#source = device;
    this.#emitter.emit('audioSourceChanged', { source: this });
  }

  #constraints(): MediaStream | MediaStreamConstraints {
    return this.#given ?? constraintsFor(this.#source, this.#processing);
  }
}

function deviceOf(source: AudioDeviceInfo | MediaStream): AudioDeviceInfo {
  if (!(source instanceof MediaStream)) {
    return source;
  }
  const track = source.getAudioTracks()[0];
  return {
    id: track?.getSettings().deviceId ?? '',
    name: track?.label ?? '',
    isSystemDefault: false,
    deviceType: 'Microphone',
  };
}

function constraintsFor(
  { id }: AudioDeviceInfo,
  processing: AudioProcessing,
): MediaStreamConstraints {
  const device = id === '' ? {} : { deviceId: { exact: id } };
  const wanted = { ...device, ...processing };
  return { audio: Object.keys(wanted).length === 0 ? true : wanted };
}
