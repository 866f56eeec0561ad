import type { AudioDeviceInfo } from '../api';
import type { PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import type { Volume } from '../media/Volume';
import { VolumeMeter } from '../media/Volume';
import { LocalSource } from './LocalSource';
import type { LocalStreamOptions } from './LocalVideoStream';

export interface LocalAudioStreamEvents {
  audioSourceChanged: PropertyChangedEvent;
}

/** A microphone, or a stream that the application made, to be sent into calls. */
export class LocalAudioStream {
  /** @internal */
  readonly localSource: LocalSource;
  /** @internal */
  readonly disposesOnCallEnd: boolean;
  readonly mediaStreamType = 'Audio';
  readonly #emitter = new Emitter<LocalAudioStreamEvents>();
  #source: AudioDeviceInfo | MediaStream;
  #meter: VolumeMeter | undefined;

  constructor(source: AudioDeviceInfo | MediaStream, options: LocalStreamOptions = {}) {
    this.#source = source;
    this.disposesOnCallEnd = options.autoDisposeOnCallEnd ?? true;
    this.localSource = new LocalSource('microphone', constraintsFor(source));
  }

  get source(): AudioDeviceInfo | MediaStream {
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

  /** Closes the microphone. */
  dispose(): void {
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

  async #switch(source: AudioDeviceInfo | MediaStream): Promise<void> {
    await this.localSource.switchTo(constraintsFor(source));
    this.#source = source;
    this.#emitter.emit('audioSourceChanged');
  }
}

function constraintsFor(
  source: AudioDeviceInfo | MediaStream,
): MediaStream | MediaStreamConstraints {
  if (source instanceof MediaStream) {
    return source;
  }
  return { audio: source.id === '' ? true : { deviceId: { exact: source.id } } };
}
