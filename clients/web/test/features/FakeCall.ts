import { create } from '@bufbuild/protobuf';
import type { MessageInitShape } from '@bufbuild/protobuf';

import type { Call, CallAgent, RemoteParticipant } from '../../sdk/api';
import type { CallInternals, CallInternalsEvents } from '../../sdk/call/CallInternals';
import { INTERNALS } from '../../sdk/call/CallInternals';
import type { RosterEntry } from '../../sdk/call/Roster';
import { CommunicationServicesError } from '../../sdk/errors';
import { Emitter } from '../../sdk/events';
import type { CallFeatureContext } from '../../sdk/features/feature';
import type {
  CallState,
  ClientMessage,
  Participant,
  Timeouts,
  TransferOffer,
} from '../../sdk/generated/vaxel/signaling/v1/signaling_pb';
import {
  CallStateSchema,
  DoneSchema,
  ParticipantRole,
  ParticipantSchema,
  ParticipantState,
  SelfChangedSchema,
  TrackKind,
} from '../../sdk/generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifierKind } from '../../sdk/identifiers';
import { identifierFromRawId, rawIdOf } from '../../sdk/identifiers';
import type { Request, ServerBody } from '../../sdk/signaling/SignalingConnection';

export const ME = '8:acs:r_me';
export const KIM = '8:acs:r_kim';
export const LO = '8:acs:r_lo';

type ValueOf<K extends Request['case']> = Extract<ClientMessage['body'], { case: K }>['value'];

const DONE: ServerBody = { case: 'done', value: create(DoneSchema) };

/** The inside of a call whose server is the test: it says what arrives, and reads what was asked. */
export class FakeInternals extends Emitter<CallInternalsEvents> implements CallInternals {
  callState: CallState | undefined;
  capabilities: ReadonlySet<string> = new Set();
  self: Participant | undefined = create(ParticipantSchema, {
    participantId: 'p-me',
    userId: ME,
    displayName: 'Me',
  });
  roster: RosterEntry[] = [];
  publishConnection: RTCPeerConnection | undefined;
  subscribeConnection: RTCPeerConnection | undefined;
  isSignalingLost = false;
  readonly userId = ME;
  readonly timeouts: Timeouts | undefined;
  readonly requests: Request[] = [];
  /** The answers to the next requests; Done when there is none. */
  readonly answers: (ServerBody | CommunicationServicesError)[] = [];
  readonly published = new Map<string, TrackKind>();
  readonly received = new Map<string, string>();
  readonly transferred: Call[] = [];
  #offers: ((offer: TransferOffer) => void)[] = [];

  request(body: Request): Promise<ServerBody> {
    this.requests.push(body);
    const answer = this.answers.shift() ?? DONE;
    return answer instanceof CommunicationServicesError
      ? Promise.reject(answer)
      : Promise.resolve(answer);
  }

  /** The last request, which must be of this kind. */
  last<K extends Request['case']>(kind: K): ValueOf<K> {
    const request = this.requests.at(-1);
    if (request?.case !== kind) {
      throw new Error(`The last request is ${request?.case ?? 'none'}, not ${kind}`);
    }
    return request.value as ValueOf<K>;
  }

  participantByUser(identifier: CommunicationIdentifierKind): RemoteParticipant | undefined {
    const entries = this.roster.filter(({ userId }) => userId === rawIdOf(identifier));
    const endpointDetails = entries.map(({ participantId }) => ({ participantId }));
    const displayName = entries[0]?.displayName;
    return entries.length === 0
      ? undefined
      : ({ identifier, displayName, endpointDetails } as unknown as RemoteParticipant);
  }

  participantIdsOf(identifier: CommunicationIdentifierKind): string[] {
    const own = { participantId: this.self?.participantId ?? '', userId: ME };
    return [own, ...this.roster]
      .filter(({ userId }) => userId === rawIdOf(identifier))
      .map(({ participantId }) => participantId);
  }

  identifierOf(participantId: string): CommunicationIdentifierKind | undefined {
    if (participantId === this.self?.participantId) {
      return identifierFromRawId(ME);
    }
    const entry = this.roster.find((other) => other.participantId === participantId);
    return entry && identifierFromRawId(entry.userId);
  }

  publishedKind(mid: string): TrackKind | undefined {
    return this.published.get(mid);
  }

  receivedTrackId(mid: string): string | undefined {
    return this.received.get(mid);
  }

  onTransferOffer(listener: (offer: TransferOffer) => void): void {
    this.#offers.push(listener);
  }

  acceptTransfer(offer: TransferOffer): Call {
    const call = { id: `call of ${offer.transferId}` } as Call;
    this.transferred.push(call);
    return call;
  }

  offerTransfer(offer: TransferOffer): void {
    this.#offers.forEach((listener) => {
      listener(offer);
    });
  }

  /** Others come, or something of them changes; who is not named goes. */
  become(...others: (Partial<RosterEntry> & { participantId: string; userId: string })[]): void {
    this.roster = others.map((other) => ({
      displayName: '',
      state: ParticipantState.CONNECTED,
      role: ParticipantRole.UNSPECIFIED,
      raisedHand: 0,
      audioForbidden: false,
      videoForbidden: false,
      tracks: new Map(),
      ...other,
    }));
    this.emit('rosterUpdated');
  }

  share(state: MessageInitShape<typeof CallStateSchema>): void {
    this.callState = create(CallStateSchema, state);
    this.emit('callStateUpdated');
  }

  changeSelf(participant: MessageInitShape<typeof ParticipantSchema>): void {
    this.self = create(ParticipantSchema, { participantId: 'p-me', userId: ME, ...participant });
    const value = create(SelfChangedSchema, { participant: this.self });
    this.emit('selfUpdated');
    this.say({ case: 'selfChanged', value });
  }

  say(body: ServerBody): void {
    this.emit('serverMessage', body);
  }
}

type AnyEvents = Record<string, (...args: never[]) => void>;

/** What features see of a call. */
export class FakeCall extends Emitter<AnyEvents> {
  readonly [INTERNALS] = new FakeInternals();
  id = 'call-1';
  state = 'Connected';
  role = 'Unknown';
  isMuted = false;
  info = { participantId: 'p-me' };
  localVideoStreams: unknown[] = [];
  localAudioStreams: unknown[] = [];
  remoteParticipants: unknown[] = [];

  get internals(): FakeInternals {
    return this[INTERNALS];
  }

  get context(): CallFeatureContext {
    return { call: this as unknown as Call, callAgent: {} as CallAgent };
  }
}

/** Listens, and returns what was heard. */
export function heard<E extends string, T>(
  source: { on(event: E, listener: (args: T) => void): void },
  event: E,
): T[] {
  const all: T[] = [];
  source.on(event, (args) => {
    all.push(args);
  });
  return all;
}

export function refusal(code: number, subCode: number): CommunicationServicesError {
  return new CommunicationServicesError({ code, subCode, message: 'refused by the test' });
}
