import type { Call, RemoteParticipant } from '../api';
import type { EventSource, PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import type { CallFeature } from '../features';
import type { CommunicationIdentifierKind } from '../identifiers';
import type { CallInternals } from './CallInternals';
import { internalsOf } from './CallInternals';

export interface DominantSpeakersInfo {
  /** Loudest first; empty when nobody speaks. */
  speakersList: CommunicationIdentifierKind[];
  /** When this was learned. */
  timestamp: Date;
}

export interface DominantSpeakersEvents {
  dominantSpeakersChanged: PropertyChangedEvent;
}

export interface DominantSpeakersCallFeature
  extends CallFeature, EventSource<DominantSpeakersEvents> {
  readonly dominantSpeakers: DominantSpeakersInfo;
}

/** Who speaks, as the server hears it. */
export class DominantSpeakersFeature
  extends Emitter<DominantSpeakersEvents>
  implements DominantSpeakersCallFeature
{
  readonly name = 'DominantSpeakers';
  readonly #internals: CallInternals;
  readonly #changed = (speakers: RemoteParticipant[]): void => {
    const speakersList = speakers.map(({ identifier }) => identifier);
    this.#speakers = { speakersList, timestamp: new Date() };
    this.emit('dominantSpeakersChanged');
  };
  #speakers: DominantSpeakersInfo = { speakersList: [], timestamp: new Date() };

  constructor(context: { call: Call }) {
    super();
    this.#internals = internalsOf(context.call);
    this.#internals.on('speakersChanged', this.#changed);
  }

  get dominantSpeakers(): DominantSpeakersInfo {
    return this.#speakers;
  }

  dispose(): void {
    this.#internals.off('speakersChanged', this.#changed);
  }
}
