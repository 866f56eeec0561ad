import type { Call } from './api';
import type { DominantSpeakersCallFeature } from './call/DominantSpeakers';
import { DominantSpeakersFeature } from './call/DominantSpeakers';

/** An extension of a call. */
export interface CallFeature {
  readonly name: string;
  dispose(): void;
}

/** What `call.feature()` takes: how to make the feature for a call. */
export interface CallFeatureFactory<T extends CallFeature> {
  readonly callApiCtor: new (context: { call: Call }) => T;
}

/** The features that there are. */
export const Features: {
  readonly DominantSpeakers: CallFeatureFactory<DominantSpeakersCallFeature>;
} = {
  DominantSpeakers: { callApiCtor: DominantSpeakersFeature },
};
