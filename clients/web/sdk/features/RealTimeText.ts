import { create } from '@bufbuild/protobuf';

import type { ParticipantInfo } from '../api';
import { invalidArgument } from '../errors';
import type { EventSource } from '../events';
import { SendRealTimeTextSchema } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export type RealTimeTextResultType = 'Partial' | 'Final';

/** Text as it is being typed: each replaces the one before of the same sender and sequence. */
export interface RealTimeTextInfo {
  sequenceId: number;
  sender: ParticipantInfo;
  text: string;
  resultType: RealTimeTextResultType;
  /** When the utterance began. */
  receivedTimestamp: Date;
  /** When it changed last. */
  updatedTimestamp: Date;
  isLocal: boolean;
}
export type RealTimeTextReceivedEventType = 'realTimeTextReceived';
export type RealTimeTextReceivedEventHandler = (data: RealTimeTextInfo) => void;

export type RealTimeTextEvents = Record<
  RealTimeTextReceivedEventType,
  RealTimeTextReceivedEventHandler
>;

export interface RealTimeTextFeature extends CallFeature, EventSource<RealTimeTextEvents> {
  /**
   * Shows others what is being typed: the whole text so far, at most 2,000 characters. With `finalized` the utterance is complete,
   * and the next text begins another. The own texts are told by the event too, as local.
   *
   * @throws CommunicationServicesError 400 for a longer text
   */
  sendRealTimeText(text: string, finalized?: boolean): Promise<void>;
}

const MAX_TEXT = 2_000;

/** What is being written by one participant. */
interface Utterance {
  sequenceId: number;
  begun: Date;
}

export class OwnRealTimeTextFeature
  extends OwnCallFeature<RealTimeTextEvents>
  implements RealTimeTextFeature
{
  readonly name = 'RealTimeText';
  /** The last utterance of each participant, by participant id. */
  readonly #utterances = new Map<string, Utterance>();
  #sequenceId = 1;

  constructor(context: CallFeatureContext) {
    super(context);
    this.listen('serverMessage', (body) => {
      if (body.case === 'realTimeTextReceived') {
        const { participantId, sequenceId, text, finalized, sentUnixMs } = body.value;
        const sender = this.#participant(participantId);
        if (sender !== undefined && participantId !== this.ownParticipantId) {
          const sent = new Date(Number(sentUnixMs));
          this.#received(participantId, { sender, sequenceId, text, finalized, sent });
        }
      }
    });
    this.listen('rosterUpdated', () => {
      const present = new Set(this.internals.roster.map((entry) => entry.participantId));
      for (const id of this.#utterances.keys()) {
        if (!present.has(id) && id !== this.ownParticipantId) {
          this.#utterances.delete(id);
        }
      }
    });
  }

  async sendRealTimeText(text: string, finalized = false): Promise<void> {
    if (text.length > MAX_TEXT) {
      throw invalidArgument(`The text must have at most ${String(MAX_TEXT)} characters`);
    }
    const sequenceId = this.#sequenceId;
    const value = create(SendRealTimeTextSchema, { sequenceId, text, finalized });
    if (finalized) {
      this.#sequenceId++;
    }
    await this.internals.request({ case: 'sendRealTimeText', value });
    const own = this.ownParticipantId ?? '';
    const sender = this.#participant(own);
    if (sender !== undefined) {
      this.#received(own, { sender, sequenceId, text, finalized, sent: new Date() });
    }
  }

  #received(
    participantId: string,
    typed: {
      sender: ParticipantInfo;
      sequenceId: number;
      text: string;
      finalized: boolean;
      sent: Date;
    },
  ): void {
    const { sender, sequenceId, text, sent } = typed;
    const known = this.#utterances.get(participantId);
    const begun = known?.sequenceId === sequenceId ? known.begun : sent;
    this.#utterances.set(participantId, { sequenceId, begun });
    this.emit('realTimeTextReceived', {
      sequenceId,
      sender,
      text,
      resultType: typed.finalized ? 'Final' : 'Partial',
      receivedTimestamp: begun,
      updatedTimestamp: sent,
      isLocal: participantId === this.ownParticipantId,
    });
  }

  #participant(participantId: string): ParticipantInfo | undefined {
    const identifier = this.internals.identifierOf(participantId);
    if (identifier === undefined) {
      return undefined;
    }
    const self = this.internals.self;
    if (participantId !== self?.participantId) {
      return this.internals.participantByUser(identifier);
    }
    const name = self.displayName === '' ? {} : { displayName: self.displayName };
    return { identifier, ...name, endpointDetails: [{ participantId }] };
  }
}
