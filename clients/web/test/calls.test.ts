import { create } from '@bufbuild/protobuf';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { CallAgentImpl } from '../sdk/agent/CallAgentImpl';
import type { Call, DtmfTone, IncomingCall } from '../sdk/api';
import { internalsOf } from '../sdk/call/CallInternals';
import { LocalVideoStream } from '../sdk/devices/LocalVideoStream';
import {
  CallKind,
  CallStateSchema,
  ModalityFailedSchema,
  ParticipantAddedSchema,
  ParticipantState,
  SelfChangedSchema,
  TrackEnded_Reason,
  TrackEndedSchema,
  TransferOfferSchema,
} from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import { alice, BOB, CAROL, fakeBrowser, FakeServer, person, SILENT, statesOf } from './CallRig';
import { FakePeer, FakeSocket, FakeStream, FakeTrack, settle } from './fakes';

const { CONNECTING, RINGING, CONNECTED, ON_HOLD, IN_LOBBY, RECONNECTING } = ParticipantState;
const BOB_ID = { communicationUserId: BOB };
const CAROL_ID = { communicationUserId: CAROL };

/** For requests that the test's server lets wait until the end. */
function unanswered(request: Promise<void> | undefined): void {
  request?.catch(() => undefined);
}

describe('calls', () => {
  let agent: CallAgentImpl;
  let server: FakeServer;

  beforeEach(async () => {
    fakeBrowser();
    ({ agent, server } = await alice());
  });
  afterEach(async () => {
    const disposed = agent.dispose();
    await vi.advanceTimersByTimeAsync(3_000); // servers that do not say goodbye
    await disposed;
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function camera(): LocalVideoStream {
    const stream = new FakeStream([new FakeTrack('video')]);
    return new LocalVideoStream(stream as unknown as MediaStream);
  }

  /** A 1:1 call with Bob that stands. */
  async function talkToBob(): Promise<Call> {
    const call = agent.startCall([BOB_ID], SILENT);
    await server.joined('placeCall', { participants: [person(BOB)] });
    expect(call.state).toBe('Connected');
    return call;
  }

  describe('placing', () => {
    test('a call goes from None to Connected as the other one is reached, rings and accepts', async () => {
      const states: string[] = [];
      agent.on('callsUpdated', ({ added }) => {
        states.push(...added.map(({ state }) => state));
      });
      const call = agent.startCall([BOB_ID], SILENT);
      call.on('stateChanged', () => states.push(call.state));
      expect(call.state).toBe('None');
      expect(call.direction).toBe('Outgoing');
      expect(agent.calls).toEqual([call]);
      await server.joined('placeCall', { participants: [person(BOB, CONNECTING)] });
      expect(server.socket.request('placeCall').value.targets).toEqual([BOB]);
      await server.roster({ joined: [person(BOB, RINGING)] });
      await server.roster({ joined: [person(BOB, CONNECTED)] });
      expect(states).toEqual(['None', 'Connecting', 'Ringing', 'Connected']);
      expect(call.id).toBe('call-1');
      await expect(call.info.getServerCallId()).resolves.toBe('call-1');
    });

    test('the other one is there at once, and the same all along', async () => {
      const call = agent.startCall([BOB_ID], SILENT);
      const [bob] = call.remoteParticipants;
      expect(bob?.state).toBe('Idle');
      expect(bob?.identifier).toEqual({ kind: 'communicationUser', communicationUserId: BOB });
      const states: (string | undefined)[] = [];
      bob?.on('stateChanged', () => states.push(bob.state));
      await server.joined('placeCall', { participants: [person(BOB, CONNECTING)] });
      await server.roster({ joined: [person(BOB, RINGING)] });
      await server.roster({ joined: [person(BOB, CONNECTED)] });
      expect(call.remoteParticipants).toEqual([bob]);
      expect(states).toEqual(['Connecting', 'Ringing', 'Connected']);
    });

    test.each([
      ['declined', 603, 0],
      ['not answered', 487, 10004],
      ['nobody signed in', 480, 10037],
    ])('a call that was %s ends with the reason of the server', async (_, code, subCode) => {
      const call = agent.startCall([BOB_ID], SILENT);
      await server.joined('placeCall', { participants: [person(BOB, RINGING)] });
      await server.ends(code, subCode);
      expect(call.state).toBe('Disconnected');
      expect(call.callEndReason).toEqual({ code, subCode });
      expect(agent.calls).toEqual([]);
    });

    test('a call that the server refuses ends with its error', async () => {
      const call = agent.startCall([BOB_ID], SILENT);
      await server.refuse('placeCall', 400, 40013);
      expect(call.callEndReason).toEqual({ code: 400, subCode: 40013 });
      await expect(call.info.getServerCallId()).rejects.toMatchObject({ code: 409 });
    });

    test('hanging up before an answer cancels', async () => {
      const call = agent.startCall([BOB_ID], SILENT);
      await server.joined('placeCall', { participants: [person(BOB, RINGING)] });
      const states = statesOf(call);
      const hungUp = call.hangUp();
      await server.left();
      await hungUp;
      expect(states).toEqual(['Disconnecting', 'Disconnected']);
      expect(call.callEndReason).toEqual({ code: 0, subCode: 0 });
    });

    test('a server that never says that nobody came is not waited for', async () => {
      const call = agent.startCall([BOB_ID], SILENT);
      await server.joined('placeCall', { participants: [person(BOB, RINGING)] });
      await vi.advanceTimersByTimeAsync(85_000);
      expect(call.state).toBe('Ringing');
      await vi.advanceTimersByTimeAsync(6_000);
      expect(call.callEndReason).toEqual({ code: 487, subCode: 10004 });
      expect(server.socket.kinds()).toContain('leave');
    });

    test('media is sent while it rings', async () => {
      const call = agent.startCall([BOB_ID], {
        ...SILENT,
        videoOptions: { localVideoStreams: [camera()] },
      });
      await server.joined('placeCall', { participants: [person(BOB, RINGING)] });
      const states = statesOf(call);
      await server.roster({ joined: [person(BOB)] });
      expect(call.state).toBe('Ringing'); // until media flows as well
      await server.published();
      expect(states).toEqual(['Connected']);
    });

    test('goes with the headers and the number of the caller', async () => {
      agent.startCall([{ phoneNumber: '+4670' }], {
        ...SILENT,
        alternateCallerId: { phoneNumber: '+4671' },
        customContext: { userToUser: 'u', sipHeaders: [{ key: 'k', value: 'v' }] },
      });
      await settle();
      expect(server.socket.request('placeCall').value).toMatchObject({
        targets: ['4:+4670'],
        alternateCallerId: '+4671',
        customContext: { userToUser: 'u', sipHeaders: [{ key: 'k', value: 'v' }] },
      });
    });

    test('nobody, or users of Teams, can not be called', () => {
      expect(() => agent.startCall([])).toThrow(expect.objectContaining({ code: 400 }));
      expect(() => agent.startCall([{ microsoftTeamsUserId: 'x' }])).toThrow(
        expect.objectContaining({ code: 501 }),
      );
      expect(() => agent.join({ meetingLink: 'https://teams' })).toThrow(
        expect.objectContaining({ code: 501 }),
      );
      expect(agent.calls).toEqual([]);
    });
  });

  describe('an incoming call', () => {
    let incoming: IncomingCall | undefined;
    const ended = vi.fn();

    beforeEach(async () => {
      ended.mockReset();
      agent.on('incomingCall', (args) => {
        incoming = args.incomingCall;
        incoming.on('callEnded', ({ callEndReason }) => {
          ended(callEndReason);
        });
      });
      await server.rings('call-9', { customContext: { userToUser: 'u' } });
    });

    function ringing(): IncomingCall {
      if (incoming === undefined) {
        throw new Error('Nothing rings');
      }
      return incoming;
    }

    test('says who calls, and lets the caller know that it rings', () => {
      expect(ringing().id).toBe('call-9');
      expect(ringing().callerInfo).toEqual({
        identifier: { kind: 'communicationUser', communicationUserId: BOB },
        displayName: 'Bob',
      });
      expect(ringing().customContext?.userToUser).toBe('u');
      expect(server.socket.request('incomingCallShown').value.callId).toBe('call-9');
    });

    test('is accepted on the connection it rang on, and does not end by that', async () => {
      const accepting = ringing().accept(SILENT);
      await server.joined('answerCall', { callId: 'call-9', participants: [person(BOB)] });
      await server.stopsRinging('call-9', 487, 10003);
      const call = await accepting;
      expect(call.direction).toBe('Incoming');
      expect(call.callerInfo).toEqual(ringing().callerInfo);
      expect(call.state).toBe('Connected');
      expect(agent.calls).toEqual([call]);
      expect(ended).not.toHaveBeenCalled();
      await expect(ringing().accept()).rejects.toMatchObject({ code: 409 });
    });

    test('that another device answered first can not be accepted', async () => {
      const accepting = ringing().accept(SILENT);
      const refused = expect(accepting).rejects.toMatchObject({ code: 409, subCode: 40905 });
      await server.stopsRinging('call-9', 487, 10003);
      await server.refuse('answerCall', 409, 40905);
      await refused;
      expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 487, subCode: 10003 });
      expect(agent.calls).toEqual([]);
    });

    test('ends when the caller gives up', async () => {
      await server.stopsRinging('call-9', 487, 0);
      expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 487, subCode: 0 });
      expect(ringing().callEndReason).toEqual({ code: 487, subCode: 0 });
      await expect(ringing().reject()).rejects.toMatchObject({ code: 409 });
    });

    test('is rejected for all devices', async () => {
      const rejecting = ringing().reject();
      await server.stopsRinging('call-9', 487, 10024);
      await server.done('rejectCall');
      await rejecting;
      expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 603, subCode: 0 });
    });

    test('during another call is accepted on a connection of its own', async () => {
      const first = await talkToBob();
      await server.rings('call-10', { caller: { userId: CAROL } });
      const accepting = ringing().accept(SILENT);
      const second = await FakeServer.next();
      expect(second.socket).not.toBe(server.socket);
      expect(second.socket.request('hello').value.receivesCalls).toBe(false);
      await second.joined('answerCall', { callId: 'call-10', participants: [person(CAROL)] });
      const call = await accepting;
      expect(agent.calls).toEqual([first, call]);
      // Its connection goes with it.
      const hungUp = call.hangUp();
      await second.left();
      await hungUp;
      await settle();
      expect(second.socket.readyState).toBe(3);
      expect(server.socket.readyState).toBe(1);
      expect(first.state).toBe('Connected');
    });

    test('is told of once, however often the server says so', async () => {
      const before = incoming;
      await server.rings('call-9');
      expect(incoming).toBe(before);
    });
  });

  test('a call that nobody listens for does not ring', async () => {
    await server.rings('call-9');
    expect(server.socket.kinds()).not.toContain('incomingCallShown');
  });

  describe('people', () => {
    test('somebody is called in, and there at once', async () => {
      const call = await talkToBob();
      const carol = call.addParticipant(CAROL_ID);
      expect(carol.state).toBe('Idle');
      expect(call.remoteParticipants).toContain(carol);
      const added = create(ParticipantAddedSchema, { participantId: 'p-carol' });
      await server.answer('addParticipant', { case: 'participantAdded', value: added });
      await server.roster({ joined: [person(CAROL, RINGING)] });
      expect(carol.state).toBe('Ringing');
      expect(call.state).toBe('Connected');
    });

    test('who does not come says why, and is gone', async () => {
      const call = await talkToBob();
      const carol = call.addParticipant(CAROL_ID);
      await server.roster({ joined: [person(CAROL, RINGING)] });
      const departures = [{ participantId: 'p-carol', code: 603, subCode: 0 }];
      await server.roster({ left: ['p-carol'], departures });
      expect(carol.state).toBe('Disconnected');
      expect(carol.callEndReason).toEqual({ code: 603, subCode: 0 });
      expect(call.remoteParticipants).not.toContain(carol);
    });

    test('who can not be called at all says why as well', async () => {
      const call = await talkToBob();
      const carol = call.addParticipant(CAROL_ID);
      await server.refuse('addParticipant', 409, 40906);
      expect(carol.callEndReason).toEqual({ code: 409, subCode: 40906 });
      expect(call.remoteParticipants).not.toContain(carol);
      expect(call.state).toBe('Connected');
    });

    test('are taken out with all their devices', async () => {
      const call = await talkToBob();
      const phone = person(BOB, CONNECTED, { participantId: 'p-bob-2' });
      await server.roster({ joined: [phone] });
      const removing = call.removeParticipant(BOB_ID);
      const asked = server.socket.sent.filter(({ body }) => body.case === 'removeParticipant');
      expect(asked).toHaveLength(2);
      await expect(call.removeParticipant(CAROL_ID)).rejects.toMatchObject({ code: 404 });
      unanswered(removing);
    });

    test('are muted one by one, or all', async () => {
      const call = await talkToBob();
      unanswered(call.remoteParticipants[0]?.mute());
      expect(server.socket.request('muteOthers').value.participantIds).toEqual(['p-bob']);
      unanswered(call.muteAllRemoteParticipants());
      await settle();
      expect(server.socket.request('muteOthers').value.participantIds).toEqual([]);
    });

    test('that are not here yet can not be muted, and nobody else is', async () => {
      const call = await talkToBob();
      await expect(call.addParticipant(CAROL_ID).mute()).rejects.toMatchObject({ code: 409 });
      expect(server.socket.kinds()).not.toContain('muteOthers');
    });

    test.each([
      [RECONNECTING, 'Connecting'],
      [ON_HOLD, 'Hold'],
      [IN_LOBBY, 'InLobby'],
    ])('in state %s are shown as %s', async (state, shown) => {
      const call = await talkToBob();
      await server.roster({ joined: [person(CAROL, state)] });
      expect(call.remoteParticipants[1]?.state).toBe(shown);
    });
  });

  describe('this client', () => {
    test('holds and goes on', async () => {
      const call = await talkToBob();
      const states = statesOf(call);
      await expect(call.resume()).rejects.toMatchObject({ code: 409 });
      const holding = call.hold();
      await server.done('setHold');
      await holding;
      const resuming = call.resume();
      await server.done('setHold');
      await resuming;
      expect(states).toEqual(['LocalHold', 'Connected']);
    });

    test('is held by the other one of a 1:1 call, and only there', async () => {
      const call = await talkToBob();
      const states = statesOf(call);
      await server.roster({ joined: [person(BOB, ON_HOLD)] });
      const group = create(CallStateSchema, { kind: CallKind.GROUP });
      await server.tell({ case: 'callState', value: group });
      expect(states).toEqual(['RemoteHold', 'Connected']);
    });

    test('waits in the lobby, sends nothing, and is admitted', async () => {
      const call = agent.join(
        { groupId: crypto.randomUUID() },
        { ...SILENT, videoOptions: { localVideoStreams: [camera()] } },
      );
      const states = statesOf(call);
      await server.joined('join', { state: IN_LOBBY });
      expect(call.state).toBe('InLobby');
      expect(server.socket.kinds()).not.toContain('publish');
      const participant = person('8:acs:res_alice');
      await server.tell({
        case: 'selfChanged',
        value: create(SelfChangedSchema, { participant, capabilities: ['shareScreen'] }),
      });
      await server.published();
      expect(states).toEqual(['Connecting', 'InLobby', 'Connecting', 'Connected']);
      expect([...internalsOf(call).capabilities]).toEqual(['shareScreen']);
    });

    test('knows by whom it was muted, and may unmute', async () => {
      const call = await talkToBob();
      const muted = vi.fn();
      call.on('mutedByOthers', muted);
      const participant = person('8:acs:res_alice');
      const change = create(SelfChangedSchema, { participant, mutedBy: 'p-bob' });
      await server.tell({ case: 'selfChanged', value: change });
      expect(muted).toHaveBeenCalledOnce();
      expect(call.isMuted).toBe(true);
    });

    test('stops its share when another one takes over', async () => {
      const call = await talkToBob();
      const sharing = call.startScreenSharing(camera());
      await server.published();
      await sharing;
      expect(call.isScreenSharingOn).toBe(true);
      const reason = TrackEnded_Reason.TAKEN_OVER;
      const value = create(TrackEndedSchema, { trackId: 'track-0', reason });
      await server.tell({ case: 'trackEnded', value });
      expect(call.isScreenSharingOn).toBe(false);
      expect(server.socket.request('publish').value.tracks).toEqual([]);
    });

    test.each<[DtmfTone, string]>([
      ['Num7', '7'],
      ['B', 'B'],
      ['Star', '*'],
      ['Pound', '#'],
      ['Flash', '!'],
    ])('sends the tone %s', async (tone, sent) => {
      const call = await talkToBob();
      unanswered(call.sendDtmf(tone));
      await settle();
      expect(server.socket.request('sendDtmf').value.tones).toBe(sent);
    });

    test('ends the call for everybody', async () => {
      const call = await talkToBob();
      const hungUp = call.hangUp({ forEveryone: true });
      await server.left('endCall');
      await hungUp;
      expect(call.callEndReason).toEqual({ code: 0, subCode: 4097 });
    });

    test('is not kept by a server that does not say goodbye', async () => {
      const call = await talkToBob();
      const hungUp = call.hangUp();
      await vi.advanceTimersByTimeAsync(3_000);
      await hungUp;
      expect(call.state).toBe('Disconnected');
    });
  });

  describe('video', () => {
    test('that flows in time is on', async () => {
      const call = await talkToBob();
      const stream = camera();
      const starting = call.startVideo(stream);
      await server.published(false);
      expect(call.isLocalVideoStarted).toBe(false);
      FakePeer.offering.become('connected');
      await starting;
      expect(call.localVideoStreams).toEqual([stream]);
    });

    test('that does not flow within the limit is off again', async () => {
      const call = await talkToBob();
      const starting = call.startVideo(camera());
      const refused = expect(starting).rejects.toMatchObject({ code: 408, subCode: 40801 });
      await server.published(false);
      await vi.advanceTimersByTimeAsync(40_000);
      await server.published(false);
      await refused;
      expect(call.isLocalVideoStarted).toBe(false);
      expect(server.socket.request('publish').value.tracks).toEqual([]);
    });

    test('that the server gives up is off as well, whoever waits for it', async () => {
      const call = await talkToBob();
      const starting = call.startVideo(camera());
      const refused = expect(starting).rejects.toMatchObject({ code: 408, subCode: 40801 });
      await server.published(false);
      const failure = { trackIds: ['track-0'], code: 408, subCode: 40801 };
      const value = create(ModalityFailedSchema, failure);
      await server.tell({ case: 'modalityFailed', value });
      await server.published();
      await refused;
      const again = call.startVideo(camera());
      await server.published();
      await again;
      await server.tell({ case: 'modalityFailed', value });
      expect(call.isLocalVideoStarted).toBe(false);
    });
  });

  describe('a transfer', () => {
    test('is accepted by itself, on another connection, and the old call ends', async () => {
      const call = await talkToBob();
      const offered = vi.fn();
      internalsOf(call).onTransferOffer(offered);
      const target = { case: 'targetUser', value: CAROL } as const;
      const transferor = { userId: BOB };
      const offer = create(TransferOfferSchema, { transferId: 't-1', transferor, target });
      await server.tell({ case: 'transferOffer', value: offer });
      expect(offered).toHaveBeenCalledOnce();
      const next = agent.calls[1];
      expect(internalsOf(call).acceptTransfer(offer)).toBe(next);
      expect(next?.transferorInfo?.identifier).toMatchObject({ communicationUserId: BOB });
      const other = await FakeServer.next();
      expect(other.socket.request('placeCall').value).toMatchObject({
        targets: [CAROL],
        transferId: 't-1',
      });
      await other.joined('placeCall', { callId: 'call-2', participants: [person(CAROL)] });
      await server.ends(0, 7015);
      expect(call.callEndReason).toEqual({ code: 0, subCode: 7015 });
      expect(agent.calls).toEqual([next]);
      expect(next?.state).toBe('Connected');
    });

    test('to a call takes the place of who transfers', async () => {
      await talkToBob();
      const target = { case: 'targetCall', value: 'call-7' } as const;
      const offer = create(TransferOfferSchema, { transferId: 't-2', target });
      await server.tell({ case: 'transferOffer', value: offer });
      const other = await FakeServer.next();
      expect(other.socket.request('join').value.locator).toEqual({
        case: 'transferId',
        value: 't-2',
      });
    });
  });

  describe('the lobby', () => {
    test('shows who waits, and lets them in or not', async () => {
      const call = await talkToBob();
      const updated = vi.fn();
      call.lobby.on('lobbyParticipantsUpdated', updated);
      await server.roster({ joined: [person(CAROL, IN_LOBBY)] });
      const [carol] = call.lobby.participants;
      expect(updated).toHaveBeenCalledExactlyOnceWith({ added: [carol], removed: [] });
      const admitting = call.lobby.admit(CAROL_ID);
      expect(server.socket.request('answerLobby').value).toMatchObject({
        participantIds: ['p-carol'],
        admit: true,
      });
      await server.done('answerLobby');
      await admitting;
      await server.roster({ joined: [person(CAROL)] });
      expect(call.lobby.participants).toEqual([]);
      await expect(call.lobby.reject(CAROL_ID)).rejects.toMatchObject({ code: 404 });
    });

    test('is emptied at once', async () => {
      const call = await talkToBob();
      await expect(call.lobby.admitAll()).resolves.toEqual({ successCount: 0, failureCount: 0 });
      await server.roster({ joined: [person(CAROL, IN_LOBBY)] });
      const admitting = call.lobby.admitAll();
      await server.done('answerLobby');
      await expect(admitting).resolves.toEqual({ successCount: 1, failureCount: 0 });
    });
  });

  describe('signalling that is lost', () => {
    async function resume(): Promise<void> {
      const before = FakeSocket.last;
      await vi.advanceTimersByTimeAsync(300);
      expect(FakeSocket.last).not.toBe(before);
      server.socket = FakeSocket.last;
      await server.greet(true);
    }

    test('and back leaves the call as it was', async () => {
      const call = await talkToBob();
      const states = statesOf(call);
      const changes = vi.fn();
      agent.on('connectionStateChanged', ({ newValue }) => {
        changes(newValue);
      });
      const news: string[] = [];
      internalsOf(call).on('signalingLost', () => news.push('lost'));
      internalsOf(call).on('signalingBack', () => news.push('back'));
      server.socket.drop('');
      await resume();
      await server.roster({ joined: [person(CAROL)] });
      expect(news).toEqual(['lost', 'back']);
      expect(states).toEqual([]);
      expect(call.remoteParticipants).toHaveLength(2);
      expect(changes.mock.calls).toEqual([['Disconnected'], ['Connected']]);
    });

    test('for good ends the call, and the agent signs in anew', async () => {
      const call = await talkToBob();
      server.socket.drop('');
      await vi.advanceTimersByTimeAsync(300);
      FakeSocket.last.open();
      await settle();
      const over = { code: 410, subCode: 41001, message: '' };
      FakeSocket.last.answer({
        case: 'error',
        value: { $typeName: 'vaxel.signaling.v1.Error', ...over },
      });
      await settle();
      expect(call.state).toBe('Disconnected');
      expect(call.callEndReason).toEqual({ code: 410, subCode: 301005 });
      expect(agent.connectionState).toBe('Disconnected');
      await vi.advanceTimersByTimeAsync(300);
      const anew = await FakeServer.next();
      expect(anew.socket.request('hello').value).toMatchObject({
        resumeToken: '',
        receivesCalls: true,
      });
      expect(agent.connectionState).toBe('Connected');
    });
  });

  test('a page that goes away stops to ring, and rings again when it comes back', async () => {
    const call = await talkToBob();
    window.dispatchEvent(new Event('pagehide'));
    expect(server.socket.closedWith).toBe(1000);
    expect(call.state).toBe('Disconnected');
    window.dispatchEvent(new Event('pageshow'));
    await vi.advanceTimersByTimeAsync(300);
    const anew = await FakeServer.next();
    expect(anew.socket.request('hello').value.receivesCalls).toBe(true);
  });

  test('media that is lost is looked for on another way, on both connections', async () => {
    const call = await talkToBob();
    const starting = call.startVideo(camera());
    await server.published();
    await starting;
    const publish = FakePeer.offering;
    publish.become('disconnected');
    await vi.advanceTimersByTimeAsync(2_900);
    expect(publish.log).not.toContain('restart');
    await vi.advanceTimersByTimeAsync(100);
    expect(publish.log).toContain('restart');
    const value = { offerId: 1, sdp: '0', trackIds: { '0': 'x' }, connectionNumber: 1 };
    await server.tell({
      case: 'subscribeOffer',
      value: { $typeName: 'vaxel.signaling.v1.SubscribeOffer', ...value },
    });
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(server.socket.kinds()).toContain('restartSubscribe');
  });
});
