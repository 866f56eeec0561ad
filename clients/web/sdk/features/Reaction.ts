import { create } from '@bufbuild/protobuf';
import type {
  CommunicationUserIdentifier,
  MicrosoftTeamsUserIdentifier,
} from '@azure/communication-common';

import { invalidArgument } from '../errors';
import type { EventSource } from '../events';
import {
  Reaction as ProtocolReaction,
  SendReactionSchema,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export type Reaction = 'like' | 'heart' | 'laugh' | 'surprised' | 'applause';
export interface ReactionMessage {
  reactionType: Reaction;
}
export interface ReactionEventPayload {
  identifier: CommunicationUserIdentifier | MicrosoftTeamsUserIdentifier;
  reactionMessage: ReactionMessage;
}
export type ReactionListener = (data: ReactionEventPayload) => void;

export interface ReactionEvents {
  reaction: ReactionListener;
}

export interface ReactionCallFeature extends CallFeature, EventSource<ReactionEvents> {
  /**
   * Shows a reaction to everybody; the own one is told by the event too.
   *
   * @throws CommunicationServicesError 400 for a reaction that is none, 429 for more than one a second in the long run
   */
  sendReaction(reactionMessage: ReactionMessage): Promise<void>;
}

const PROTOCOL: Record<Reaction, ProtocolReaction> = {
  like: ProtocolReaction.LIKE,
  heart: ProtocolReaction.HEART,
  laugh: ProtocolReaction.LAUGH,
  applause: ProtocolReaction.APPLAUSE,
  surprised: ProtocolReaction.SURPRISED,
};

export class ReactionFeature extends OwnCallFeature<ReactionEvents> implements ReactionCallFeature {
  readonly name = 'Reaction';

  constructor(context: CallFeatureContext) {
    super(context);
    this.listen('serverMessage', (body) => {
      if (body.case !== 'reactionReceived') {
        return;
      }
      const { participantId, reaction } = body.value;
      const name = (Object.keys(PROTOCOL) as Reaction[]).find((key) => PROTOCOL[key] === reaction);
      if (name !== undefined && participantId !== this.ownParticipantId) {
        this.#show(participantId, name);
      }
    });
  }

  async sendReaction(reactionMessage: ReactionMessage): Promise<void> {
    const { reactionType } = reactionMessage;
    if (!Object.hasOwn(PROTOCOL, reactionType)) {
      throw invalidArgument('reactionType must be like, heart, laugh, applause or surprised');
    }
    const value = create(SendReactionSchema, { reaction: PROTOCOL[reactionType] });
    await this.internals.request({ case: 'sendReaction', value });
    this.#show(this.ownParticipantId ?? '', reactionType);
  }

  #show(participantId: string, reactionType: Reaction): void {
    const identifier = this.internals.identifierOf(participantId);
    if (identifier?.kind === 'communicationUser') {
      this.emit('reaction', { identifier, reactionMessage: { reactionType } });
    }
  }
}
