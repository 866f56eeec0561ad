import { create } from '@bufbuild/protobuf';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { DataChannelFeature } from '../../sdk/features/DataChannel';
import { MediaAccessFeature } from '../../sdk/features/MediaAccess';
import { RaiseHandFeature } from '../../sdk/features/RaiseHand';
import { ReactionFeature } from '../../sdk/features/Reaction';
import { OwnRealTimeTextFeature } from '../../sdk/features/RealTimeText';
import { SpotlightFeature } from '../../sdk/features/Spotlight';
import {
  DataReceivedSchema,
  Reaction,
  ReactionReceivedSchema,
  RealTimeTextReceivedSchema,
} from '../../sdk/generated/vaxel/signaling/v1/signaling_pb';
import { identifierFromRawId, rawIdOf } from '../../sdk/identifiers';
import { FakeCall, heard, KIM, LO, ME, refusal } from './FakeCall';

const KIM_ID = { communicationUserId: KIM };
const kim = { participantId: 'p-kim', userId: KIM, displayName: 'Kim' };
const lo = { participantId: 'p-lo', userId: LO };

let call: FakeCall;
beforeEach(() => {
  vi.useFakeTimers();
  call = new FakeCall();
  call.internals.become(kim, lo);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('RaiseHand', () => {
  const names = (feature: RaiseHandFeature): string[] =>
    feature.getRaisedHands().map(({ identifier }) => rawIdOf(identifier));

  test('hands stand in the order of their raising, the own one among them', async () => {
    const feature = new RaiseHandFeature(call.context);
    const raised = heard(feature, 'raisedHandEvent');
    call.internals.become(kim, { ...lo, raisedHand: 3 });
    await feature.raiseHand();
    call.internals.become({ ...kim, raisedHand: 5 }, { ...lo, raisedHand: 3 });
    expect(names(feature)).toEqual([LO, ME, KIM]);
    expect(feature.getRaisedHands().map(({ order }) => order)).toEqual([1, 2, 3]);
    expect(raised).toHaveLength(3);
  });

  test('a hand that somebody else lowered is down', async () => {
    const feature = new RaiseHandFeature(call.context);
    await feature.raiseHand();
    const lowered = heard(feature, 'loweredHandEvent');
    call.internals.changeSelf({ raisedHand: 0 });
    expect(lowered).toMatchObject([{ identifier: { communicationUserId: ME } }]);
    expect(feature.getRaisedHands()).toEqual([]);
  });

  test('a hand that the server refuses is not raised', async () => {
    const feature = new RaiseHandFeature(call.context);
    call.internals.answers.push(refusal(403, 40305));
    await expect(feature.raiseHand()).rejects.toMatchObject({ code: 403 });
    expect(feature.getRaisedHands()).toEqual([]);
  });

  test('lowering hands of others names their devices, and all names nobody', async () => {
    const feature = new RaiseHandFeature(call.context);
    await feature.lowerHands([KIM_ID]);
    expect(call.internals.last('setHand')).toMatchObject({ participantIds: ['p-kim'] });
    await feature.lowerAllHands();
    expect(call.internals.last('setHand')).toMatchObject({ everybody: true, participantIds: [] });
    await expect(
      feature.lowerHands([{ communicationUserId: '8:acs:r_gone' }]),
    ).rejects.toMatchObject({ code: 400 });
  });
});

describe('Reaction', () => {
  test('reactions of others and the own one are told, each once', async () => {
    const feature = new ReactionFeature(call.context);
    const reactions = heard(feature, 'reaction');
    const received = (participantId: string): void => {
      const value = create(ReactionReceivedSchema, { participantId, reaction: Reaction.LAUGH });
      call.internals.say({ case: 'reactionReceived', value });
    };
    received('p-kim');
    await feature.sendReaction({ reactionType: 'heart' });
    received('p-me'); // a server that tells it to everybody
    expect(call.internals.last('sendReaction').reaction).toBe(Reaction.HEART);
    expect(reactions).toMatchObject([
      { identifier: KIM_ID, reactionMessage: { reactionType: 'laugh' } },
      { identifier: { communicationUserId: ME }, reactionMessage: { reactionType: 'heart' } },
    ]);
  });

  test('one that is none is refused', async () => {
    const wrong = { reactionType: 'toString' as never };
    await expect(new ReactionFeature(call.context).sendReaction(wrong)).rejects.toMatchObject({
      code: 400,
    });
    expect(call.internals.requests).toEqual([]);
  });
});

describe('Spotlight', () => {
  test('comes and goes with the state of the call, in its order', () => {
    const feature = new SpotlightFeature(call.context);
    const changes = heard(feature, 'spotlightChanged');
    call.internals.share({ spotlight: ['p-lo', 'p-me'] });
    expect(feature.getSpotlightedParticipants()).toMatchObject([
      { identifier: { communicationUserId: LO }, order: 1 },
      { identifier: { communicationUserId: ME }, order: 2 },
    ]);
    call.internals.share({ spotlight: ['p-me'] });
    expect(changes).toHaveLength(2);
    expect(changes[1]).toMatchObject({ added: [], removed: [{ order: 1 }] });
  });

  test('without people it is this client, and never everybody by accident', async () => {
    const feature = new SpotlightFeature(call.context);
    await feature.startSpotlight();
    expect(call.internals.last('setSpotlight')).toMatchObject({
      participantIds: ['p-me'],
      on: true,
    });
    await feature.stopSpotlight();
    expect(call.internals.last('setSpotlight')).toMatchObject({
      participantIds: ['p-me'],
      on: false,
    });
    const count = call.internals.requests.length;
    await feature.stopSpotlight([]);
    expect(call.internals.requests).toHaveLength(count);
    await feature.stopAllSpotlight();
    expect(call.internals.last('setSpotlight')).toMatchObject({ participantIds: [], on: false });
  });

  test('more than 7 are refused', async () => {
    const feature = new SpotlightFeature(call.context);
    const many = Array.from({ length: 8 }, () => KIM_ID);
    await expect(feature.startSpotlight(many)).rejects.toMatchObject({ code: 400 });
  });
});

describe('RealTimeText', () => {
  test('an utterance keeps its number until it is final, and is told as local', async () => {
    const feature = new OwnRealTimeTextFeature(call.context);
    const texts = heard(feature, 'realTimeTextReceived');
    await feature.sendRealTimeText('he');
    vi.advanceTimersByTime(1_000);
    await feature.sendRealTimeText('hello', true);
    await feature.sendRealTimeText('you');
    expect(
      texts.map(({ sequenceId, resultType, isLocal }) => [sequenceId, resultType, isLocal]),
    ).toEqual([
      [1, 'Partial', true],
      [1, 'Final', true],
      [2, 'Partial', true],
    ]);
    const [first, second] = texts;
    expect(second?.receivedTimestamp).toEqual(first?.receivedTimestamp);
    expect(Number(second?.updatedTimestamp) - Number(first?.updatedTimestamp)).toBe(1_000);
    expect(first?.sender).toMatchObject({ displayName: 'Me' });
  });

  test('what others type comes with their name', () => {
    const feature = new OwnRealTimeTextFeature(call.context);
    const texts = heard(feature, 'realTimeTextReceived');
    const value = create(RealTimeTextReceivedSchema, {
      participantId: 'p-kim',
      sequenceId: 9,
      text: 'hi',
      sentUnixMs: 5_000n,
    });
    call.internals.say({ case: 'realTimeTextReceived', value });
    expect(texts).toMatchObject([
      { sequenceId: 9, text: 'hi', isLocal: false, sender: { displayName: 'Kim' } },
    ]);
    expect(texts[0]?.updatedTimestamp).toEqual(new Date(5_000));
  });

  test('2,000 characters are the most', async () => {
    const feature = new OwnRealTimeTextFeature(call.context);
    await feature.sendRealTimeText('x'.repeat(2_000));
    await expect(feature.sendRealTimeText('x'.repeat(2_001))).rejects.toMatchObject({ code: 400 });
    expect(call.internals.requests).toHaveLength(1);
  });
});

describe('MediaAccess', () => {
  test('forbidding names the devices, and others without names', async () => {
    const feature = new MediaAccessFeature(call.context);
    await feature.forbidAudio([KIM_ID]);
    const one = call.internals.last('setMediaAccess');
    expect(one).toMatchObject({ participantIds: ['p-kim'], audioPermitted: false });
    expect(one.videoPermitted).toBeUndefined();
    await feature.permitOthersVideo();
    expect(call.internals.last('setMediaAccess')).toMatchObject({
      participantIds: [],
      videoPermitted: true,
    });
    const count = call.internals.requests.length;
    await feature.forbidVideo([]);
    expect(call.internals.requests).toHaveLength(count);
  });

  test('changes name those whose access changed, and the meeting follows when it is all', () => {
    const feature = new MediaAccessFeature(call.context);
    const changes = heard(feature, 'mediaAccessChanged');
    const meeting = heard(feature, 'meetingMediaAccessChanged');
    call.internals.become({ ...kim, audioForbidden: true }, lo);
    expect(changes).toMatchObject([
      { mediaAccesses: [{ participant: KIM_ID, isAudioPermitted: false, isVideoPermitted: true }] },
    ]);
    expect(meeting).toEqual([]);
    call.internals.become({ ...kim, audioForbidden: true }, { ...lo, audioForbidden: true });
    expect(meeting).toMatchObject([{ meetingMediaAccess: { isAudioPermitted: false } }]);
    expect(feature.getAllOthersMediaAccess()).toHaveLength(2);
  });
});

describe('DataChannel', () => {
  function receive(sequence: bigint, init: { channelId?: number; close?: boolean } = {}): void {
    const value = create(DataReceivedSchema, {
      channelId: 7,
      participantId: 'p-kim',
      payload: new Uint8Array([Number(sequence)]),
      sequence,
      ...init,
    });
    call.internals.say({ case: 'dataReceived', value });
  }

  test('a channel of a sender is one receiver, whose messages wait to be read', () => {
    const feature = new DataChannelFeature(call.context);
    const receivers = heard(feature, 'dataChannelReceiverCreated');
    receive(1n);
    receive(2n);
    const [receiver] = receivers;
    expect(receivers).toHaveLength(1);
    expect(receiver?.senderParticipantIdentifier).toEqual(identifierFromRawId(KIM));
    expect(receiver?.readMessage()).toEqual({ sequenceNumber: 1, data: new Uint8Array([1]) });
    expect(receiver?.readMessage()?.sequenceNumber).toBe(2);
    expect(receiver?.readMessage()).toBeUndefined();
  });

  test('the oldest of too many unread messages make room', () => {
    const feature = new DataChannelFeature(call.context);
    const receivers = heard(feature, 'dataChannelReceiverCreated');
    for (let sequence = 1n; sequence <= 257n; sequence++) {
      receive(sequence);
    }
    expect(receivers[0]?.readMessage()?.sequenceNumber).toBe(2);
  });

  test.each([
    ['two minutes of silence', () => vi.advanceTimersByTime(1)],
    [
      'its sender',
      () => {
        receive(2n, { close: true });
      },
    ],
    [
      'its sender leaving',
      () => {
        call.internals.become(lo);
      },
    ],
  ])('a receiver is closed by %s', (_, close) => {
    const feature = new DataChannelFeature(call.context);
    const receivers = heard(feature, 'dataChannelReceiverCreated');
    receive(1n);
    const closed = vi.fn();
    receivers[0]?.on('close', closed);
    vi.advanceTimersByTime(119_999);
    expect(closed).not.toHaveBeenCalled();
    close();
    expect(closed).toHaveBeenCalledOnce();
    call.internals.become(kim);
    receive(3n);
    expect(receivers).toHaveLength(2);
  });

  test('messages go to those who are named, and are refused when they are too large', async () => {
    const feature = new DataChannelFeature(call.context);
    const sender = feature.createDataChannelSender({ channelId: 7, reliability: 'Lossy' });
    await sender.sendMessage(new Uint8Array([1]));
    expect(call.internals.last('sendData')).toMatchObject({ participantIds: [], lossy: true });
    sender.setParticipants([KIM_ID]);
    await sender.sendMessage(new Uint8Array(sender.maxMessageSize));
    expect(call.internals.last('sendData').participantIds).toEqual(['p-kim']);
    const large = new Uint8Array(sender.maxMessageSize + 1);
    await expect(sender.sendMessage(large)).rejects.toMatchObject({ code: 400 });
    sender.close();
    expect(call.internals.last('sendData')).toMatchObject({ close: true, lossy: false });
    await expect(sender.sendMessage(new Uint8Array())).rejects.toMatchObject({ code: 409 });
  });

  test('a message never goes to everybody because those who are named have left', async () => {
    const feature = new DataChannelFeature(call.context);
    const sender = feature.createDataChannelSender({ participants: [KIM_ID] });
    call.internals.become(lo);
    await expect(sender.sendMessage(new Uint8Array())).rejects.toMatchObject({ code: 400 });
    expect(call.internals.requests).toEqual([]);
  });

  test('ids are from 1 to 65,535, each once, and chosen when there is none', () => {
    const feature = new DataChannelFeature(call.context);
    const sender = feature.createDataChannelSender({ channelId: 65_535 });
    for (const channelId of [-1, 1.5, 65_536, 65_535]) {
      expect(() => feature.createDataChannelSender({ channelId })).toThrow(/channel/);
    }
    sender.close();
    expect(feature.createDataChannelSender({ channelId: 65_535 }).channelId).toBe(65_535);
    expect(feature.createDataChannelSender({}).channelId).toBeGreaterThan(0);
    const participants = Array.from({ length: 65 }, () => KIM_ID);
    expect(() => feature.createDataChannelSender({ participants })).toThrow(/64/);
  });
});
