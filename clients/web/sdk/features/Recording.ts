import type { CollectionUpdatedEvent, EventSource, PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import { notSupported } from '../errors';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export enum RecordingState {
  None = 0,
  Started = 1,
  Paused = 2,
  Ended = 3,
}

export interface RecordingInfoEvents {
  recordingStateChanged: PropertyChangedEvent;
}

/** One recording of the call, from its start to its end. */
export interface RecordingInfo extends EventSource<RecordingInfoEvents> {
  readonly state: RecordingState;
}

export interface RecordingEvents {
  isRecordingActiveChanged: PropertyChangedEvent;
  recordingsUpdated: CollectionUpdatedEvent<RecordingInfo>;
}

/** Whether the call is being recorded. */
export interface RecordingCallFeature extends CallFeature, EventSource<RecordingEvents> {
  readonly isRecordingActive: boolean;
  /** The recording that runs, if there is one. */
  readonly recordings: RecordingInfo[];
  /** Always false: consent is asked for in Teams meetings only. */
  readonly isTeamsConsentRequired: boolean;
  /** @throws CommunicationServicesError 501, always */
  grantTeamsConsent(): Promise<void>;
}

class Recording extends Emitter<RecordingInfoEvents> implements RecordingInfo {
  #state = RecordingState.Started;

  get state(): RecordingState {
    return this.#state;
  }

  end(): void {
    this.#state = RecordingState.Ended;
    this.emit('recordingStateChanged');
  }
}

export class RecordingFeature
  extends OwnCallFeature<RecordingEvents>
  implements RecordingCallFeature
{
  readonly name = 'Recording';
  readonly isTeamsConsentRequired = false;
  #recording: Recording | undefined;

  constructor(context: CallFeatureContext) {
    super(context);
    this.listen('callStateUpdated', () => {
      this.#update();
    });
    this.#update();
  }

  get isRecordingActive(): boolean {
    return this.#recording !== undefined;
  }

  get recordings(): RecordingInfo[] {
    return this.#recording === undefined ? [] : [this.#recording];
  }

  grantTeamsConsent(): Promise<void> {
    return Promise.reject(notSupported('Consent to recordings'));
  }

  #update(): void {
    const isActive = this.internals.callState?.recording ?? false;
    const before = this.#recording;
    if (isActive === (before !== undefined)) {
      return;
    }
    this.#recording = isActive ? new Recording() : undefined;
    before?.end();
    this.emit('recordingsUpdated', {
      added: this.recordings,
      removed: before === undefined ? [] : [before],
    });
    this.emit('isRecordingActiveChanged');
  }
}
