import type { LocalAudioStream, AudioProcessing } from '../devices/LocalAudioStream';
import { CommunicationServicesError, ErrorSubCode, notPossible } from '../errors';
import type { EventSource } from '../events';
import { Emitter } from '../events';
import type { AudioStreamFeature, AudioStreamFeatureContext } from './feature';

export type EchoCancellationEffectName = 'BrowserEchoCancellation' | 'EchoCancellation';
export type NoiseSuppressionEffectName = 'BrowserNoiseSuppression' | 'DeepNoiseSuppression';

export interface AudioEffect {
  isSupported(): Promise<boolean>;
}
export interface EchoCancellationEffect extends AudioEffect {
  readonly name: EchoCancellationEffectName;
}
export interface DeepNoiseSuppressionEffect extends AudioEffect {
  readonly name: NoiseSuppressionEffectName;
}

export interface AudioEffectsStartConfig {
  echoCancellation?: 'BrowserEchoCancellation' | EchoCancellationEffect;
  noiseSuppression?: 'BrowserNoiseSuppression' | DeepNoiseSuppressionEffect;
}
export interface AudioEffectsStopConfig {
  noiseSuppression?: boolean;
}
export interface ActiveAudioEffects {
  echoCancellation: EchoCancellationEffectName[];
  noiseSuppression: NoiseSuppressionEffectName[];
}

export type AudioEffectsFeatureEvent = keyof AudioEffectsEvents;
export type AudioEffectsFeatureListener = (audioEffects: ActiveAudioEffects) => void;
export type AudioEffectsFeatureErrorListener = (error: CommunicationServicesError) => void;

export interface AudioEffectsEvents {
  effectsStarted: AudioEffectsFeatureListener;
  effectsStopped: AudioEffectsFeatureListener;
  effectsError: AudioEffectsFeatureErrorListener;
}

/** The browser's own echo cancellation and noise suppression; other effects are not supported. */
export interface AudioEffectsFeature extends AudioStreamFeature, EventSource<AudioEffectsEvents> {
  /** True for those of the browser that it has, false for all others. */
  isSupported(
    effect:
      | EchoCancellationEffect
      | DeepNoiseSuppressionEffect
      | 'BrowserEchoCancellation'
      | 'BrowserNoiseSuppression',
  ): Promise<boolean>;
  /** @throws CommunicationServicesError 501 for an effect that is not supported, or the device's error */
  startEffects(audioEffects: AudioEffectsStartConfig): Promise<void>;
  stopEffects(audioEffects: AudioEffectsStopConfig): Promise<void>;
  /** What was started here; before, browsers do as they think best. */
  readonly activeEffects: ActiveAudioEffects;
}

export class OwnAudioEffectsFeature
  extends Emitter<AudioEffectsEvents>
  implements AudioEffectsFeature
{
  readonly name = 'AudioEffects';
  readonly #stream: LocalAudioStream;
  #echo = false;
  #noise = false;

  constructor(context: AudioStreamFeatureContext) {
    super();
    this.#stream = context.streamInstance;
  }

  get activeEffects(): ActiveAudioEffects {
    return {
      echoCancellation: this.#echo ? ['BrowserEchoCancellation'] : [],
      noiseSuppression: this.#noise ? ['BrowserNoiseSuppression'] : [],
    };
  }

  isSupported(
    effect:
      | EchoCancellationEffect
      | DeepNoiseSuppressionEffect
      | 'BrowserEchoCancellation'
      | 'BrowserNoiseSuppression',
  ): Promise<boolean> {
    const media = (navigator as Partial<Navigator>).mediaDevices;
    const has = media?.getSupportedConstraints() ?? {};
    return Promise.resolve(
      (effect === 'BrowserEchoCancellation' && has.echoCancellation === true) ||
        (effect === 'BrowserNoiseSuppression' && has.noiseSuppression === true),
    );
  }

  async startEffects(audioEffects: AudioEffectsStartConfig): Promise<void> {
    const { echoCancellation, noiseSuppression } = audioEffects;
    for (const effect of [echoCancellation, noiseSuppression]) {
      if (effect !== undefined && !(await this.isSupported(effect))) {
        throw this.#failed(notPossible('Only the effects of the browser are supported'));
      }
    }
    await this.#process({
      ...(echoCancellation === undefined ? {} : { echoCancellation: true }),
      ...(noiseSuppression === undefined ? {} : { noiseSuppression: true }),
    });
    this.#echo ||= echoCancellation !== undefined;
    this.#noise ||= noiseSuppression !== undefined;
    this.emit('effectsStarted', this.activeEffects);
  }

  async stopEffects(audioEffects: AudioEffectsStopConfig): Promise<void> {
    if (audioEffects.noiseSuppression === true && this.#noise) {
      await this.#process({ noiseSuppression: false });
      this.#noise = false;
      this.emit('effectsStopped', this.activeEffects);
    }
  }

  dispose(): void {
    // The processing goes with the microphone.
  }

  async #process(processing: AudioProcessing): Promise<void> {
    try {
      await this.#stream.process(processing);
    } catch (error) {
      throw this.#failed(
        error instanceof CommunicationServicesError
          ? error
          : new CommunicationServicesError({
              code: 500,
              subCode: ErrorSubCode.DeviceFailed,
              message: 'The microphone can not be processed like that',
              cause: error,
            }),
      );
    }
  }

  #failed(error: CommunicationServicesError): CommunicationServicesError {
    this.emit('effectsError', error);
    return error;
  }
}
