import { create } from '@bufbuild/protobuf';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import {
  PublishAnswerSchema,
  SubscribeOfferSchema,
  TrackKind,
  TrackState,
} from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import type { OfferedTrack } from '../sdk/media/PublishConnection';
import { HOPELESS_MS } from '../sdk/media/MediaPeer';
import { PublishConnection } from '../sdk/media/PublishConnection';
import { SubscribeConnection } from '../sdk/media/SubscribeConnection';
import { VideoLimits } from '../sdk/media/VideoLimits';
import { levelOf } from '../sdk/media/Volume';
import { FakePeer, FakeTrack, settle } from './fakes';

beforeEach(() => {
  vi.stubGlobal('RTCPeerConnection', FakePeer);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function track(kind: 'audio' | 'video'): MediaStreamTrack & FakeTrack {
  return new FakeTrack(kind) as unknown as MediaStreamTrack & FakeTrack;
}

/** A server that answers when the test lets it. */
class Server {
  readonly offers: { sdp: string; tracks: OfferedTrack[] }[] = [];
  readonly states: [string, TrackState][] = [];
  readonly failed = vi.fn();
  readonly impaired = vi.fn();
  readonly stateChanged = vi.fn();
  readonly limits = new VideoLimits();
  refuse = false;
  #open = 0;
  mostOpen = 0;

  readonly connection = new PublishConnection(
    {
      publish: async (sdp, tracks) => {
        this.offers.push({ sdp, tracks });
        this.mostOpen = Math.max(this.mostOpen, ++this.#open);
        await settle();
        this.#open--;
        if (this.refuse) {
          throw new Error('refused');
        }
        const trackIds = Object.fromEntries(tracks.map(({ mid }) => [mid, `id-${mid}`]));
        return create(PublishAnswerSchema, { sdp: 'answer', trackIds });
      },
      setTrackState: (trackId, state) => {
        this.states.push([trackId, state]);
        return Promise.resolve();
      },
    },
    {
      replaced: vi.fn(),
      stateChanged: this.stateChanged,
      impaired: this.impaired,
      failed: this.failed,
    },
    this.limits,
    HOPELESS_MS,
  );

  get peer(): FakePeer {
    return FakePeer.last;
  }
}

describe('PublishConnection', () => {
  test('has at most one offer open', async () => {
    const server = new Server();
    await Promise.all([
      server.connection.set(TrackKind.AUDIO, track('audio')),
      server.connection.set(TrackKind.VIDEO, track('video')),
      server.connection.set(TrackKind.SCREEN_SHARE, track('video')),
    ]);
    expect(server.mostOpen).toBe(1);
    expect(server.offers.map(({ tracks }) => tracks.length)).toEqual([1, 2, 3]);
    expect(server.peer.log).toEqual(Array(3).fill(['local offer', 'remote answer']).flat());
  });

  test('uses a media section again when a camera restarts', async () => {
    const server = new Server();
    await server.connection.set(TrackKind.VIDEO, track('video'));
    await server.connection.set(TrackKind.VIDEO, null);
    await server.connection.set(TrackKind.VIDEO, track('video'));
    expect(server.offers.map(({ sdp }) => sdp)).toEqual(['0:sendonly', '0:inactive', '0:sendonly']);
    expect(server.offers.map(({ tracks }) => tracks.length)).toEqual([1, 0, 1]);
  });

  test('another source of the same kind needs no offer', async () => {
    const server = new Server();
    await server.connection.set(TrackKind.AUDIO, track('audio'), true);
    const next = track('audio');
    await server.connection.set(TrackKind.AUDIO, next);
    expect(server.offers.length).toBe(1);
    expect(server.peer.transceivers[0]?.sender.track).toBe(next);
    expect(next.enabled).toBe(false); // muted stays muted
  });

  test('a refused offer leaves everything as it was', async () => {
    const server = new Server();
    await server.connection.set(TrackKind.AUDIO, track('audio'));
    server.refuse = true;
    await expect(server.connection.set(TrackKind.VIDEO, track('video'))).rejects.toThrow('refused');
    expect(server.peer.log.at(-1)).toBe('local rollback');
    expect(server.peer.transceivers[1]?.sender.track).toBeNull();
    server.refuse = false;
    await server.connection.set(TrackKind.VIDEO, track('video'));
    expect(server.offers.at(-1)?.tracks.map(({ kind }) => kind)).toEqual([
      TrackKind.AUDIO,
      TrackKind.VIDEO,
    ]);
  });

  test('muting silences at once and tells the server', async () => {
    const server = new Server();
    const microphone = track('audio');
    await server.connection.set(TrackKind.AUDIO, microphone);
    const muting = server.connection.setMuted(TrackKind.AUDIO, true);
    expect(microphone.enabled).toBe(false);
    await muting;
    await server.connection.setMuted(TrackKind.AUDIO, false);
    expect(microphone.enabled).toBe(true);
    expect(server.states).toEqual([
      ['id-0', TrackState.MUTED],
      ['id-0', TrackState.ON],
    ]);
  });

  test('a track that begins muted says so in the offer', async () => {
    const server = new Server();
    await server.connection.set(TrackKind.AUDIO, track('audio'), true);
    expect(server.offers[0]?.tracks[0]?.muted).toBe(true);
  });

  test('a restart sends everything again on a new peer connection', async () => {
    const server = new Server();
    const microphone = track('audio');
    await server.connection.set(TrackKind.AUDIO, microphone, true);
    await server.connection.set(TrackKind.VIDEO, track('video'));
    await server.connection.set(TrackKind.VIDEO, null);
    const before = server.peer;
    server.connection.restart();
    await settle();
    await settle();
    expect(before.log.at(-1)).toBe('close');
    expect(server.peer).not.toBe(before);
    expect(server.offers.at(-1)?.tracks).toEqual([
      { mid: '0', kind: TrackKind.AUDIO, muted: true },
    ]);
    expect(server.peer.transceivers[0]?.sender.track).toBe(microphone);
  });

  test('restarts without a success between them are given up after three', async () => {
    const server = new Server();
    await server.connection.set(TrackKind.AUDIO, track('audio'));
    for (let attempt = 0; attempt < 3; attempt++) {
      server.connection.restart();
      await settle();
      await settle();
    }
    expect(server.failed).not.toHaveBeenCalled();
    server.connection.restart();
    expect(server.failed).toHaveBeenCalledOnce();
  });

  test('a recovery forgets the restarts before it', async () => {
    const server = new Server();
    await server.connection.set(TrackKind.AUDIO, track('audio'));
    for (let attempt = 0; attempt < 6; attempt++) {
      server.connection.restart();
      await settle();
      await settle();
      server.peer.become('connected');
    }
    expect(server.failed).not.toHaveBeenCalled();
    expect(server.stateChanged).toHaveBeenCalledTimes(6);
  });

  test('a failure that the server never notices ends it', async () => {
    vi.useFakeTimers();
    const server = new Server();
    await server.connection.set(TrackKind.AUDIO, track('audio'));
    server.peer.become('failed');
    expect(server.failed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(HOPELESS_MS);
    expect(server.failed).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  test('nothing can be sent after it is closed', async () => {
    const server = new Server();
    server.connection.close();
    await expect(server.connection.set(TrackKind.AUDIO, track('audio'))).rejects.toMatchObject({
      code: 490,
    });
    expect(server.offers.length).toBe(0);
  });
});

describe('SubscribeConnection', () => {
  function subscribe() {
    const answers: number[] = [];
    const updates: { subscribe: string[]; unsubscribe: string[] }[] = [];
    const tracksChanged = vi.fn();
    const replaced = vi.fn();
    const impaired = vi.fn();
    const connection = new SubscribeConnection(
      {
        answer: async (offerId) => {
          await settle();
          answers.push(offerId);
        },
        updateSubscriptions: (subscribe, unsubscribe) => {
          updates.push({ subscribe, unsubscribe });
          return subscribe.includes('gone')
            ? Promise.reject(new Error('unknown'))
            : Promise.resolve();
        },
      },
      { tracksChanged, replaced, impaired, stateChanged: vi.fn(), failed: vi.fn() },
      HOPELESS_MS,
    );
    const offer = (
      offerId: number,
      trackIds: Record<string, string>,
      connectionNumber = 1,
    ): void => {
      const sdp = Object.keys(trackIds).join(' ');
      const value = { offerId, sdp, trackIds, connectionNumber };
      connection.offered(create(SubscribeOfferSchema, value));
    };
    return { connection, offer, answers, updates, tracksChanged, replaced, impaired };
  }

  test('answers offers one after the other, in their order', async () => {
    const { offer, answers } = subscribe();
    offer(1, { '0': 'a' });
    offer(2, { '0': 'a', '1': 'b' });
    await settle();
    await settle();
    await settle();
    expect(answers).toEqual([1, 2]);
    const round = ['remote offer', 'local answer'];
    expect(FakePeer.last.log).toEqual([...round, ...round]);
  });

  test('knows which receiver carries which track after each offer', async () => {
    const { connection, offer, tracksChanged } = subscribe();
    offer(1, { '0': 'a' });
    await settle();
    const receiver = connection.receiver('a');
    expect(receiver).toBeDefined();
    offer(2, { '0': 'b' });
    await settle();
    await settle();
    expect(connection.receiver('a')).toBeUndefined();
    expect(connection.receiver('b')).toBe(receiver);
    expect(tracksChanged).toHaveBeenCalledTimes(2);
  });

  test('a greater connection number begins a new peer connection', async () => {
    const { connection, offer, answers } = subscribe();
    const first = FakePeer.last;
    offer(1, { '0': 'a' });
    await settle();
    expect(FakePeer.last).toBe(first);
    offer(2, { '0': 'a' }, 2);
    await settle();
    await settle();
    expect(FakePeer.last).not.toBe(first);
    expect(first.log.at(-1)).toBe('close');
    expect(connection.receiver('a')?.track).toBe(FakePeer.last.transceivers[0]?.receiver.track);
    expect(answers).toEqual([1, 2]);
  });

  test('one track that is gone does not keep the others away', async () => {
    const { connection, updates } = subscribe();
    connection.want('a');
    await settle();
    connection.unwant('a');
    connection.want('gone');
    connection.want('b');
    await settle();
    expect(updates.slice(2)).toEqual([
      { subscribe: [], unsubscribe: ['a'] },
      { subscribe: ['gone'], unsubscribe: [] },
      { subscribe: ['b'], unsubscribe: [] },
    ]);
  });

  test('sends wishes together, and only what changed', async () => {
    const { connection, updates } = subscribe();
    connection.want('a');
    connection.want('b');
    await settle();
    connection.unwant('a');
    connection.want('b');
    connection.want('c');
    await settle();
    expect(updates).toEqual([
      { subscribe: ['a', 'b'], unsubscribe: [] },
      { subscribe: ['c'], unsubscribe: ['a'] },
    ]);
  });

  test('a wish taken back at once is never sent', async () => {
    const { connection, updates } = subscribe();
    connection.want('a');
    connection.unwant('a');
    await settle();
    expect(updates).toEqual([]);
  });

  test('does not unsubscribe from a track that has ended', async () => {
    const { connection, updates } = subscribe();
    connection.want('a');
    await settle();
    connection.forget('a');
    connection.unwant('a');
    await settle();
    expect(updates).toEqual([{ subscribe: ['a'], unsubscribe: [] }]);
  });
});

describe('levelOf', () => {
  test.each([
    [0, 0],
    [0.001, 0],
    [0.0316, 50],
    [1, 100],
  ])('an amplitude of %d is %d', (amplitude, level) => {
    expect(levelOf(new Float32Array(1024).fill(amplitude))).toBe(level);
  });
});
