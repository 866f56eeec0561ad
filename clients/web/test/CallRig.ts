import type { MessageInitShape } from '@bufbuild/protobuf';
import { create } from '@bufbuild/protobuf';
import { vi } from 'vitest';

import { CallAgentImpl } from '../sdk/agent/CallAgentImpl';
import type { CallState } from '../sdk/api';
import type { CallImpl } from '../sdk/call/CallImpl';
import { DeviceManagerImpl } from '../sdk/devices/DeviceManagerImpl';
import type { Participant } from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import {
  CallEndedSchema,
  CallKind,
  DoneSchema,
  ErrorSchema,
  IncomingCallEndedSchema,
  IncomingCallSchema,
  JoinedSchema,
  LeftSchema,
  ParticipantSchema,
  ParticipantState,
  PublishAnswerSchema,
  RosterDeltaSchema,
} from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import { SignalingConnection } from '../sdk/signaling/SignalingConnection';
import { FakePeer, FakeSocket, FakeStream, settle } from './fakes';

export const ALICE = '8:acs:res_alice';
export const BOB = '8:acs:res_bob';
export const CAROL = '8:acs:res_carol';

export const TIMEOUTS = {
  reconnectMs: 120_000,
  modalityMs: 40_000,
  transferMs: 60_000,
  callSetupMs: 85_000,
  groupCallSetupMs: 85_000,
  pstnCallSetupMs: 115_000,
  promotionMs: 115_000,
};

/** Joins without a microphone, so that no device is opened. */
export const SILENT = { audioOptions: { muted: true } };

/** Stands in for the browser. To be undone by `vi.unstubAllGlobals()` and `vi.useRealTimers()`. */
export function fakeBrowser(): void {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('RTCPeerConnection', FakePeer);
  vi.stubGlobal('MediaStream', FakeStream);
}

/** Alice's agent, whose server is the test. */
export async function alice(): Promise<{ agent: CallAgentImpl; server: FakeServer }> {
  const connect = (receivesCalls: boolean): Promise<SignalingConnection> =>
    SignalingConnection.open({
      getToken: () => Promise.resolve({ token: 'alice', expiresOnTimestamp: 0 }),
      address: () => 'wss://host/calling/v1',
      displayName: 'Alice',
      sdkName: 'sdk',
      sdkVersion: '1',
      receivesCalls,
    });
  const opening = connect(true);
  const server = await FakeServer.next();
  const agent = new CallAgentImpl(
    {
      displayName: 'Alice',
      devices: new DeviceManagerImpl(),
      logger: undefined,
      connect,
      disposed: () => undefined,
    },
    await opening,
  );
  return { agent, server };
}

/** One session of the server. */
export class FakeServer {
  #sequence = 0n;

  private constructor(public socket: FakeSocket) {}

  /** Greets on the socket that was opened last. */
  static async next(): Promise<FakeServer> {
    await settle();
    const server = new FakeServer(FakeSocket.last);
    await server.greet();
    return server;
  }

  async greet(resumed = false): Promise<void> {
    await this.socket.greet({
      userId: ALICE,
      resumeToken: 'session',
      resumed,
      timeouts: { $typeName: 'vaxel.signaling.v1.Timeouts', ...TIMEOUTS },
    });
  }

  /** Answers the request of a kind that was sent last. */
  async answer(kind: Asked, body: Parameters<FakeSocket['answer']>[0]): Promise<void> {
    await settle();
    this.socket.answer(body, this.socket.request(kind).id, ++this.#sequence);
    await settle();
  }

  async tell(body: Parameters<FakeSocket['answer']>[0]): Promise<void> {
    this.socket.tell(body, ++this.#sequence);
    await settle();
  }

  done(kind: Asked): Promise<void> {
    return this.answer(kind, { case: 'done', value: create(DoneSchema) });
  }

  left(kind: 'leave' | 'endCall' = 'leave'): Promise<void> {
    return this.answer(kind, { case: 'left', value: create(LeftSchema) });
  }

  refuse(kind: Asked, code: number, subCode: number): Promise<void> {
    const value = create(ErrorSchema, { code, subCode, message: 'no' });
    return this.answer(kind, { case: 'error', value });
  }

  joined(
    kind: 'join' | 'placeCall' | 'answerCall',
    joined: { callId?: string; participants?: Participant[]; state?: ParticipantState } = {},
  ): Promise<void> {
    const callState = { kind: CallKind.ONE_TO_ONE };
    const state = ParticipantState.CONNECTED;
    const ids = { callId: 'call-1', participantId: 'p-alice' };
    const value = create(JoinedSchema, { ...ids, state, callState, ...joined });
    return this.answer(kind, { case: 'joined', value });
  }

  /** Answers an offer of the client; its media flows unless told. */
  async published(flows = true): Promise<void> {
    await settle();
    const { tracks } = this.socket.request('publish').value;
    const trackIds = Object.fromEntries(tracks.map(({ mid }) => [mid, `track-${mid}`]));
    const value = create(PublishAnswerSchema, { sdp: 'answer', trackIds });
    await this.answer('publish', { case: 'publishAnswer', value });
    if (flows) {
      FakePeer.offering.become('connected');
      await settle();
    }
  }

  roster(delta: MessageInitShape<typeof RosterDeltaSchema>): Promise<void> {
    return this.tell({ case: 'rosterDelta', value: create(RosterDeltaSchema, delta) });
  }

  rings(
    callId: string,
    more: { caller?: { userId: string }; customContext?: { userToUser: string } } = {},
  ): Promise<void> {
    const caller = { userId: BOB, displayName: 'Bob' };
    const value = create(IncomingCallSchema, { callId, caller, ...more });
    return this.tell({ case: 'incomingCall', value });
  }

  stopsRinging(callId: string, code: number, subCode: number): Promise<void> {
    const value = create(IncomingCallEndedSchema, { callId, code, subCode });
    return this.tell({ case: 'incomingCallEnded', value });
  }

  ends(code: number, subCode: number): Promise<void> {
    return this.tell({ case: 'callEnded', value: create(CallEndedSchema, { code, subCode }) });
  }
}

type Asked = Parameters<FakeSocket['request']>[0];

/** Somebody in the roster: a user's device. */
export function person(
  userId: string,
  state = ParticipantState.CONNECTED,
  more: MessageInitShape<typeof ParticipantSchema> = {},
) {
  const participantId = `p-${userId.split('_')[1] ?? userId}`;
  return create(ParticipantSchema, { participantId, userId, state, ...more });
}

/** Every state that a call goes through from now on. */
export function statesOf(call: Pick<CallImpl, 'on' | 'state'>): CallState[] {
  const states: CallState[] = [];
  call.on('stateChanged', () => {
    states.push(call.state);
  });
  return states;
}
