import { create } from '@bufbuild/protobuf';

import type { AddPhoneNumberOptions } from '../api';
import { CommunicationServicesError } from '../errors';
import type { Joined, PublishAnswer } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { TrackState } from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  AddParticipantSchema,
  AnswerLobbySchema,
  EndCallSchema,
  LeaveSchema,
  MuteOthersSchema,
  PublishSchema,
  RemoveParticipantSchema,
  RestartSubscribeSchema,
  SendDtmfSchema,
  SetHoldSchema,
  SetLobbySchema,
  SetTrackStateSchema,
  SubscribeAnswerSchema,
  UpdateSubscriptionsSchema,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import type { OfferedTrack, PublishSignaling } from '../media/PublishConnection';
import type { SubscribeSignaling } from '../media/SubscribeConnection';
import type { Request, SignalingConnection } from '../signaling/SignalingConnection';
import type { CallEntry } from './CallEntry';
import { alternateCallerIdOf, entryRequest } from './CallEntry';

/** The documented limit for setting up a call, where the server doesn't say. */
export const SET_UP_TIMEOUT_MS = 85_000;

/** The documented limit for adding or removing a video or a screen share, where the server doesn't say. */
export const MODALITY_TIMEOUT_MS = 40_000;

/** The server's sub-code for who is in no call. */
const NOT_IN_CALL = 40903;

/** The requests of one call, in the protocol's messages. */
export class CallSignaling implements PublishSignaling, SubscribeSignaling {
  readonly #connection: SignalingConnection;

  constructor(connection: SignalingConnection) {
    this.#connection = connection;
  }

  enter(entry: CallEntry): Promise<Joined> {
    const timeouts = this.#connection.timeouts;
    const limit = timeouts?.groupCallSetupMs ?? SET_UP_TIMEOUT_MS;
    return this.#connection.request(entryRequest(entry), 'joined', limit);
  }

  /** Leaves, or ends the call for everybody; that it was over already is as good. */
  async leave(forEveryone: boolean): Promise<void> {
    const body: Request = forEveryone
      ? { case: 'endCall', value: create(EndCallSchema) }
      : { case: 'leave', value: create(LeaveSchema) };
    try {
      await this.#connection.request(body, 'left');
    } catch (error) {
      if (!(error instanceof CommunicationServicesError && error.subCode === NOT_IN_CALL)) {
        throw error;
      }
    }
  }

  publish(sdp: string, tracks: OfferedTrack[]): Promise<PublishAnswer> {
    const value = create(PublishSchema, { sdp, tracks });
    return this.#connection.request(
      { case: 'publish', value },
      'publishAnswer',
      this.#modalityTimeoutMs(),
    );
  }

  setTrackState(trackId: string, state: TrackState): Promise<void> {
    const value = create(SetTrackStateSchema, { trackId, state });
    return this.#done({ case: 'setTrackState', value });
  }

  answer(offerId: number, sdp: string): Promise<void> {
    const value = create(SubscribeAnswerSchema, { offerId, sdp });
    return this.#done({ case: 'subscribeAnswer', value }, this.#modalityTimeoutMs());
  }

  updateSubscriptions(subscribe: string[], unsubscribe: string[]): Promise<void> {
    const value = create(UpdateSubscriptionsSchema, { subscribe, unsubscribe });
    return this.#done({ case: 'updateSubscriptions', value });
  }

  restartSubscribe(): Promise<void> {
    return this.#done({ case: 'restartSubscribe', value: create(RestartSubscribeSchema) });
  }

  /** @param target a raw id */
  async addParticipant(target: string, options: AddPhoneNumberOptions): Promise<void> {
    const alternateCallerId = alternateCallerIdOf(options);
    const value = create(AddParticipantSchema, { target, alternateCallerId });
    await this.#connection.request({ case: 'addParticipant', value }, 'participantAdded');
  }

  removeParticipant(participantId: string): Promise<void> {
    const value = create(RemoveParticipantSchema, { participantId });
    return this.#done({ case: 'removeParticipant', value });
  }

  setHold(on: boolean): Promise<void> {
    return this.#done({ case: 'setHold', value: create(SetHoldSchema, { on }) });
  }

  /** @param participantIds nobody: everybody else */
  muteOthers(participantIds: string[]): Promise<void> {
    return this.#done({ case: 'muteOthers', value: create(MuteOthersSchema, { participantIds }) });
  }

  sendDtmf(tones: string): Promise<void> {
    return this.#done({ case: 'sendDtmf', value: create(SendDtmfSchema, { tones }) });
  }

  setLobby(on: boolean): Promise<void> {
    return this.#done({ case: 'setLobby', value: create(SetLobbySchema, { on }) });
  }

  /** @param participantIds nobody: everybody who waits */
  answerLobby(participantIds: string[], admit: boolean): Promise<void> {
    const value = create(AnswerLobbySchema, { participantIds, admit });
    return this.#done({ case: 'answerLobby', value });
  }

  async #done(body: Request, timeoutMs?: number): Promise<void> {
    await this.#connection.request(body, 'done', timeoutMs);
  }

  #modalityTimeoutMs(): number {
    return this.#connection.timeouts?.modalityMs ?? MODALITY_TIMEOUT_MS;
  }
}
