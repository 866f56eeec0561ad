import { notSupported } from '../errors';
import type { EventSource, PropertyChangedEvent } from '../events';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export type TranscriptionPropertyChangedEventType = 'isTranscriptionActiveChanged';

export type TranscriptionEvents = Record<
  TranscriptionPropertyChangedEventType,
  PropertyChangedEvent
>;

/** Whether the call is being written down. */
export interface TranscriptionCallFeature extends CallFeature, EventSource<TranscriptionEvents> {
  readonly isTranscriptionActive: boolean;
  /** Always false: consent is asked for in Teams meetings only. */
  readonly isTeamsConsentRequired: boolean;
  /** @throws CommunicationServicesError 501, always */
  grantTeamsConsent(): Promise<void>;
}

export class TranscriptionFeature
  extends OwnCallFeature<TranscriptionEvents>
  implements TranscriptionCallFeature
{
  readonly name = 'Transcription';
  readonly isTeamsConsentRequired = false;
  #isActive = false;

  constructor(context: CallFeatureContext) {
    super(context);
    this.listen('callStateUpdated', () => {
      this.#update();
    });
    this.#update();
  }

  get isTranscriptionActive(): boolean {
    return this.#isActive;
  }

  grantTeamsConsent(): Promise<void> {
    return Promise.reject(notSupported('Consent to transcriptions'));
  }

  #update(): void {
    const isActive = this.internals.callState?.transcription ?? false;
    if (this.#isActive !== isActive) {
      this.#isActive = isActive;
      this.emit('isTranscriptionActiveChanged');
    }
  }
}
