import type { EventSource, PropertyChangedEvent } from '../events';
import type { CommunicationIdentifierKind } from '../identifiers';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export interface DominantSpeakersInfo {
  /** Loudest first; empty when nobody speaks. */
  speakersList: readonly CommunicationIdentifierKind[];
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
  extends OwnCallFeature<DominantSpeakersEvents>
  implements DominantSpeakersCallFeature
{
  readonly name = 'DominantSpeakers';
  #dominantSpeakers: DominantSpeakersInfo = { speakersList: [], timestamp: new Date() };

  constructor(context: CallFeatureContext) {
    super(context);
    this.listen('speakersChanged', (speakers) => {
      const speakersList = speakers.map((speaker) => speaker.identifier);
      this.#dominantSpeakers = { speakersList, timestamp: new Date() };
      this.emit('dominantSpeakersChanged');
    });
  }

  get dominantSpeakers(): DominantSpeakersInfo {
    return this.#dominantSpeakers;
  }
}
