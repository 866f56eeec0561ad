import { create } from '@bufbuild/protobuf';

import { invalidArgument } from '../errors';
import type { CollectionUpdatedEvent, EventSource } from '../events';
import { SetSpotlightSchema } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifier } from '../identifiers';
import { rawIdOf } from '../identifiers';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export interface SpotlightedParticipant {
  identifier: CommunicationIdentifier;
  /** From 1, in the order in which they were put there. */
  order?: number;
}
export type SpotlightChangedEventType = 'spotlightChanged';
export type SpotlightEvents = Record<
  SpotlightChangedEventType,
  CollectionUpdatedEvent<SpotlightedParticipant>
>;

export interface SpotlightCallFeature extends CallFeature, EventSource<SpotlightEvents> {
  /** 7. */
  readonly maxParticipantsToSpotlight: number;
  /** Puts people into the spotlight, this client without an argument. */
  startSpotlight(participants?: CommunicationIdentifier[]): Promise<void>;
  /** Takes people out of the spotlight, this client without an argument. */
  stopSpotlight(participants?: CommunicationIdentifier[]): Promise<void>;
  stopAllSpotlight(): Promise<void>;
  getSpotlightedParticipants(): SpotlightedParticipant[];
}

const MAX_SPOTLIGHTED = 7;

export class SpotlightFeature
  extends OwnCallFeature<SpotlightEvents>
  implements SpotlightCallFeature
{
  readonly name = 'Spotlight';
  readonly maxParticipantsToSpotlight = MAX_SPOTLIGHTED;
  #spotlighted: SpotlightedParticipant[] = [];

  constructor(context: CallFeatureContext) {
    super(context);
    this.#spotlighted = this.#read();
    this.listen('callStateUpdated', () => {
      this.#update();
    });
    // The spotlight may name somebody a moment before the roster does.
    this.listen('rosterUpdated', () => {
      this.#update();
    });
  }

  async startSpotlight(participants?: CommunicationIdentifier[]): Promise<void> {
    if ((participants?.length ?? 0) > MAX_SPOTLIGHTED) {
      throw invalidArgument(`At most ${String(MAX_SPOTLIGHTED)} can be in the spotlight`);
    }
    await this.#send(this.#those(participants), true);
  }

  async stopSpotlight(participants?: CommunicationIdentifier[]): Promise<void> {
    await this.#send(this.#those(participants), false);
  }

  async stopAllSpotlight(): Promise<void> {
    const value = create(SetSpotlightSchema, { on: false });
    await this.internals.request({ case: 'setSpotlight', value });
  }

  getSpotlightedParticipants(): SpotlightedParticipant[] {
    return [...this.#spotlighted];
  }

  #those(participants: CommunicationIdentifier[] | undefined): string[] {
    return participants === undefined
      ? [this.ownParticipantId ?? ''].filter((id) => id !== '')
      : this.participantIds(participants);
  }

  async #send(participantIds: string[], on: boolean): Promise<void> {
    // None would mean everybody to the server.
    if (participantIds.length > 0) {
      const value = create(SetSpotlightSchema, { participantIds, on });
      await this.internals.request({ case: 'setSpotlight', value });
    }
  }

  #update(): void {
    const before = this.#spotlighted;
    const after = this.#read();
    this.#spotlighted = after;
    const added = without(after, before);
    const removed = without(before, after);
    if (added.length + removed.length > 0) {
      this.emit('spotlightChanged', { added, removed });
    }
  }

  #read(): SpotlightedParticipant[] {
    const seen = new Set<string>();
    const spotlighted: SpotlightedParticipant[] = [];
    for (const participantId of this.internals.callState?.spotlight ?? []) {
      const identifier = this.internals.identifierOf(participantId);
      if (identifier !== undefined && !seen.has(rawIdOf(identifier))) {
        seen.add(rawIdOf(identifier));
        spotlighted.push({ identifier, order: seen.size });
      }
    }
    return spotlighted;
  }
}

function without(
  these: SpotlightedParticipant[],
  those: SpotlightedParticipant[],
): SpotlightedParticipant[] {
  const known = new Set(those.map(({ identifier }) => rawIdOf(identifier)));
  return these.filter(({ identifier }) => !known.has(rawIdOf(identifier)));
}
