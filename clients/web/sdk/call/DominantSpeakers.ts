import type { Call } from '../api';
import type { EventSource, PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import type { CallFeature } from '../features';
import type { CommunicationIdentifierKind } from '../identifiers';
import { invalidArgument } from '../errors';
import { CallImpl } from './CallImpl';

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
  readonly #call: CallImpl;
  readonly #changed = (): void => {
    this.emit('dominantSpeakersChanged');
  };

  constructor(context: { call: Call }) {
    super();
    if (!(context.call instanceof CallImpl)) {
      throw invalidArgument('The call is not one of this SDK');
    }
    this.#call = context.call;
    this.#call.speakersChanged.on('changed', this.#changed);
  }

  get dominantSpeakers(): DominantSpeakersInfo {
    return this.#call.dominantSpeakers;
  }

  dispose(): void {
    this.#call.speakersChanged.off('changed', this.#changed);
  }
}
