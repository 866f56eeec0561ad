import type { EventSource } from '../events';
import { Emitter } from '../events';

export interface VolumeEvents {
  /** At most ten times a second, only while the level changes. */
  levelChanged: () => void;
}

/** How loud a stream is, from 0 (silent) to 100. */
export interface Volume extends EventSource<VolumeEvents> {
  readonly level: number;
}

const MEASURE_INTERVAL_MS = 100;

/** Measures one stream after the other until `close()`, and stops the tracks of each when done with it. */
export class VolumeMeter extends Emitter<VolumeEvents> implements Volume {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #timer: ReturnType<typeof setInterval>;
  #stream: MediaStream | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #level = 0;
  #closed = false;

  constructor() {
    super();
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#timer = setInterval(() => {
      this.#analyser.getFloatTimeDomainData(samples);
      this.#set(levelOf(samples));
    }, MEASURE_INTERVAL_MS);
  }

  get level(): number {
    return this.#level;
  }

  /** Measures this stream from now on; it belongs to the meter. */
  measure(stream: MediaStream): void {
    this.#letGo();
    this.#stream = stream;
    if (this.#closed) {
      this.#letGo();
      return;
    }
    this.#source = this.#context.createMediaStreamSource(stream);
    this.#source.connect(this.#analyser);
  }

  close(): void {
    if (!this.#closed) {
      this.#closed = true;
      clearInterval(this.#timer);
      this.#letGo();
      void this.#context.close();
    }
  }

  #letGo(): void {
    this.#source?.disconnect();
    this.#source = undefined;
    for (const track of this.#stream?.getTracks() ?? []) {
      track.stop();
    }
    this.#stream = undefined;
  }

  #set(level: number): void {
    if (level !== this.#level) {
      this.#level = level;
      this.emit('levelChanged');
    }
  }
}

/** The root mean square of samples as a level: -60 dB of full scale and less is 0, full scale is 100. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) {
    sum += sample * sample;
  }
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.round(Math.min(100, Math.max(0, (decibels + 60) * (100 / 60))));
}
