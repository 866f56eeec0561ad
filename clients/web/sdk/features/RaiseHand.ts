import { create } from '@bufbuild/protobuf';
import type {
  CommunicationUserIdentifier,
  MicrosoftTeamsUserIdentifier,
} from '@azure/communication-common';

import type { EventSource } from '../events';
import { SetHandSchema } from '../generated/vaxel/signaling/v1/signaling_pb';
import { identifierFromRawId } from '../identifiers';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export interface RaisedHand {
  identifier: CommunicationUserIdentifier | MicrosoftTeamsUserIdentifier;
  /** From 1; who raised it first is first. */
  order: number;
}
export interface RaisedHandChangedEvent {
  identifier: CommunicationUserIdentifier | MicrosoftTeamsUserIdentifier;
}
export type RaisedHandEventType = 'raisedHandEvent';
export type RaisedHandListener = (data: RaisedHandChangedEvent) => void;
export type LoweredHandEventType = 'loweredHandEvent';
export type LoweredHandListener = (data: RaisedHandChangedEvent) => void;

export interface RaiseHandEvents {
  raisedHandEvent: RaisedHandListener;
  loweredHandEvent: LoweredHandListener;
}

export interface RaiseHandCallFeature extends CallFeature, EventSource<RaiseHandEvents> {
  raiseHand(): Promise<void>;
  lowerHand(): Promise<void>;
  /** Lowers the hands of others. @throws CommunicationServicesError 403 without the leave to mute others */
  lowerHands(
    identifiers: (CommunicationUserIdentifier | MicrosoftTeamsUserIdentifier)[],
  ): Promise<void>;
  lowerAllHands(): Promise<void>;
  /** In the order of their raising. */
  getRaisedHands(): RaisedHand[];
}

export class RaiseHandFeature
  extends OwnCallFeature<RaiseHandEvents>
  implements RaiseHandCallFeature
{
  readonly name = 'RaiseHand';
  /** This client's own place among the server's numbers; zero: not raised. */
  #own = 0;
  /** By raw id, in their order. */
  #raised: string[] = [];

  constructor(context: CallFeatureContext) {
    super(context);
    this.#own = this.internals.self?.raisedHand ?? 0;
    this.#raised = this.#read();
    this.listen('rosterUpdated', () => {
      this.#update();
    });
    this.listen('serverMessage', (body) => {
      if (body.case === 'selfChanged') {
        this.#setOwn(body.value.participant?.raisedHand ?? 0);
      }
    });
  }

  async raiseHand(): Promise<void> {
    await this.#send({ raised: true });
    if (this.#own === 0) {
      // The answer does not tell the number; it is above all that are known, and below those to come.
      const known = this.internals.roster.map((entry) => entry.raisedHand);
      this.#setOwn(Math.max(0, ...known) + 0.5);
    }
  }

  async lowerHand(): Promise<void> {
    await this.#send({ raised: false });
    this.#setOwn(0);
  }

  async lowerHands(
    identifiers: (CommunicationUserIdentifier | MicrosoftTeamsUserIdentifier)[],
  ): Promise<void> {
    const participantIds = this.participantIds(identifiers);
    if (participantIds.length > 0) {
      await this.#send({ participantIds });
      if (participantIds.includes(this.ownParticipantId ?? '')) {
        this.#setOwn(0);
      }
    }
  }

  async lowerAllHands(): Promise<void> {
    await this.#send({ everybody: true });
    this.#setOwn(0);
  }

  getRaisedHands(): RaisedHand[] {
    return this.#raised.map((rawId, index) => ({ identifier: userOf(rawId), order: index + 1 }));
  }

  async #send(hand: {
    raised?: boolean;
    participantIds?: string[];
    everybody?: boolean;
  }): Promise<void> {
    await this.internals.request({ case: 'setHand', value: create(SetHandSchema, hand) });
  }

  #setOwn(order: number): void {
    this.#own = order;
    this.#update();
  }

  #update(): void {
    const before = this.#raised;
    this.#raised = this.#read();
    for (const rawId of before.filter((id) => !this.#raised.includes(id))) {
      this.emit('loweredHandEvent', { identifier: userOf(rawId) });
    }
    for (const rawId of this.#raised.filter((id) => !before.includes(id))) {
      this.emit('raisedHandEvent', { identifier: userOf(rawId) });
    }
  }

  /** A user with several devices is where the first of them is. */
  #read(): string[] {
    const hands = this.internals.roster.map(({ userId, raisedHand }) => ({ userId, raisedHand }));
    hands.push({ userId: this.internals.userId, raisedHand: this.#own });
    const raised = hands
      .filter(({ raisedHand }) => raisedHand > 0)
      .sort((one, two) => one.raisedHand - two.raisedHand);
    return [...new Set(raised.map(({ userId }) => userId))];
  }
}

/** Only users of this service can raise a hand. */
function userOf(rawId: string): CommunicationUserIdentifier {
  const identifier = identifierFromRawId(rawId);
  return identifier.kind === 'communicationUser' ? identifier : { communicationUserId: rawId };
}
