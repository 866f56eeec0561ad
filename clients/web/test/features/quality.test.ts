import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { CommunicationServicesError, deviceError } from '../../sdk/errors';
import { OwnCallSurveyFeature } from '../../sdk/features/CallSurvey';
import { DebugInfoFeature, environmentOf } from '../../sdk/features/DebugInfo';
import { DataChannelFeature } from '../../sdk/features/DataChannel';
import { DiagnosticQuality } from '../../sdk/features/diagnostics/DiagnosticTable';
import { OwnMediaDiagnostics } from '../../sdk/features/diagnostics/MediaDiagnostics';
import { MediaStatsFeature } from '../../sdk/features/MediaStats';
import { OptimalVideoCountFeature } from '../../sdk/features/OptimalVideoCount';
import { StatsSummary } from '../../sdk/features/stats/StatsSummary';
import {
  BreakoutRoomsFeature,
  PPTLiveFeature,
  TeamsMeetingAudioConferencingFeature,
  TogetherModeFeature,
} from '../../sdk/features/teams';
import { OwnUserFacingDiagnosticsFeature } from '../../sdk/features/UserFacingDiagnostics';
import type { Track } from '../../sdk/generated/vaxel/signaling/v1/signaling_pb';
import {
  DataReceivedSchema,
  ParticipantState,
  TrackKind,
  TrackSchema,
} from '../../sdk/generated/vaxel/signaling/v1/signaling_pb';
import { create } from '@bufbuild/protobuf';
import { FakeCall, heard, KIM } from './FakeCall';

let call: FakeCall;
beforeEach(() => {
  vi.useFakeTimers();
  call = new FakeCall();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Stats = Record<string, unknown> & { id: string; type: string };

/** A peer connection that has statistics and a state, and nothing else. */
class StatsPeer extends EventTarget {
  connectionState = 'connected';
  stats: Stats[] = [];

  getStats(): Promise<RTCStatsReport> {
    const at = Date.now();
    const entries = this.stats.map((stats) => [stats.id, { timestamp: at, ...stats }] as const);
    return Promise.resolve(new Map(entries) as unknown as RTCStatsReport);
  }

  get peer(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection;
  }
}

describe('MediaStats', () => {
  let publish: StatsPeer;
  let subscribe: StatsPeer;
  beforeEach(() => {
    publish = new StatsPeer();
    subscribe = new StatsPeer();
    call.internals.publishConnection = publish.peer;
    call.internals.subscribeConnection = subscribe.peer;
    call.internals.published.set('0', TrackKind.AUDIO);
    call.internals.published.set('1', TrackKind.VIDEO);
    call.internals.received.set('0', 't-screen');
    const track: Track = create(TrackSchema, { trackId: 't-screen', kind: TrackKind.SCREEN_SHARE });
    call.internals.become({
      participantId: 'p-kim',
      userId: KIM,
      tracks: new Map([['t-screen', track]]),
    });
  });

  test('a sample has the names of the API, its rates are since the one before', async () => {
    const collector = new MediaStatsFeature(call.context).createCollector();
    const samples = heard(collector, 'sampleReported');
    const sent = (bytesSent: number, framesSent: number): void => {
      publish.stats = [
        {
          id: 'o',
          type: 'outbound-rtp',
          mid: '1',
          bytesSent,
          framesSent,
          codecId: 'c',
          remoteId: 'r',
        },
        { id: 'c', type: 'codec', mimeType: 'video/VP8' },
        { id: 'r', type: 'remote-inbound-rtp', jitter: 0.004, packetsLost: 2, roundTripTime: 0.05 },
      ];
    };
    sent(1_000, 10);
    await vi.advanceTimersByTimeAsync(1_000);
    sent(3_000, 40);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(samples[0]?.video.send[0]?.bitrate).toBeUndefined();
    expect(samples[1]?.video.send).toEqual([
      {
        id: 'o',
        codecName: 'VP8',
        bitrate: 16_000,
        jitterInMs: 4,
        packetsLost: 2,
        packetsLostPerSecond: 0,
        rttInMs: 50,
        framesSent: 40,
        frameRateSent: 30,
      },
    ]);
    expect(samples[1]?.audio.send).toEqual([]);
  });

  test('what arrives is told by what the server says it is', async () => {
    const samples = heard(new MediaStatsFeature(call.context).createCollector(), 'sampleReported');
    subscribe.stats = [
      { id: 'i', type: 'inbound-rtp', mid: '0', framesDecoded: 7, totalFreezesDuration: 0.5 },
      { id: 'x', type: 'inbound-rtp', mid: '9' },
      { id: 't', type: 'transport', selectedCandidatePairId: 'p' },
      { id: 'p', type: 'candidate-pair', currentRoundTripTime: 0.01 },
    ];
    await vi.advanceTimersByTimeAsync(1_000);
    const [sample] = samples;
    expect(sample?.screenShare.receive).toMatchObject([
      { id: 'i', framesDecoded: 7, totalFreezeDurationInMs: 500 },
    ]);
    expect(sample?.video.receive).toEqual([]);
    expect(sample?.transports).toContainEqual({ id: 't', rttInMs: 10 });
  });

  test('of several layers the largest is the entry, the others hang on it', async () => {
    const samples = heard(new MediaStatsFeature(call.context).createCollector(), 'sampleReported');
    publish.stats = [180, 720, 360].map((frameHeight) => ({
      id: `o${String(frameHeight)}`,
      type: 'outbound-rtp',
      mid: '1',
      frameHeight,
    }));
    await vi.advanceTimersByTimeAsync(1_000);
    const [camera, ...others] = samples[0]?.video.send ?? [];
    expect(others).toEqual([]);
    expect(camera?.frameHeightSent).toBe(720);
    expect(camera?.altLayouts?.map((layout) => layout.frameHeightSent)).toEqual([180, 360]);
  });

  test('a summary comes after all data points, with one aggregate for each', async () => {
    const collector = new MediaStatsFeature(call.context).createCollector({
      aggregationInterval: 2,
      dataPointsPerAggregation: 2,
    });
    const summaries = heard(collector, 'summaryReported');
    for (const jitter of [1, 2, 3, 4]) {
      expect(summaries).toEqual([]);
      publish.stats = [
        { id: 'o', type: 'outbound-rtp', mid: '0', remoteId: 'r' },
        { id: 'r', type: 'remote-inbound-rtp', jitter },
      ];
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(summaries[0]?.audio.send[0]?.jitterInMs).toMatchObject({
      raw: [1_000, 2_000, 3_000, 4_000],
      aggregation: {
        count: [2, 2],
        sum: [3_000, 7_000],
        min: [1_000, 3_000],
        max: [2_000, 4_000],
      },
    });
  });

  test('a disposed collector, and one of a call that is over, are silent', async () => {
    const feature = new MediaStatsFeature(call.context);
    const one = feature.createCollector();
    const two = feature.createCollector();
    const samples = [heard(one, 'sampleReported'), heard(two, 'sampleReported')];
    one.dispose();
    feature.dispose();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(samples).toEqual([[], []]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('options out of range and too many collectors are refused', () => {
    const feature = new MediaStatsFeature(call.context);
    expect(() => feature.createCollector({ aggregationInterval: 0 })).toThrow(
      /aggregationInterval/,
    );
    for (let count = 0; count < 16; count++) {
      feature.createCollector();
    }
    expect(() => feature.createCollector()).toThrow(/16/);
    feature.dispose();
  });
});

test('a summary begins anew after it was given', () => {
  const summary = new StatsSummary(1, 1);
  const sample = {
    audio: { send: [{ id: 'a', packets: 1 }], receive: [] },
    video: { send: [], receive: [] },
    screenShare: { send: [], receive: [] },
    transports: [{ id: 't', rttInMs: 3 }],
  };
  summary.add(sample);
  const second = summary.add(sample);
  expect(second?.audio.send[0]?.packets?.raw).toEqual([1]);
  expect(second?.transports[0]?.rttInMs?.aggregation?.sum).toEqual([3]);
});

describe('UserFacingDiagnostics', () => {
  function feature(): OwnUserFacingDiagnosticsFeature {
    return new OwnUserFacingDiagnosticsFeature(call.context);
  }

  test('a lost connection is poor, lost signalling bad, and both back good', () => {
    const publish = new StatsPeer();
    call.internals.publishConnection = publish.peer;
    const { network } = feature();
    expect(network.getLatest().networkReconnect).toBeUndefined();
    const changes = heard(network, 'diagnosticChanged');
    publish.connectionState = 'disconnected';
    call.internals.emit('mediaStateChanged', { connection: 'publish', state: 'disconnected' });
    call.internals.isSignalingLost = true;
    call.internals.emit('signalingLost');
    publish.connectionState = 'connected';
    call.internals.isSignalingLost = false;
    call.internals.emit('signalingBack');
    expect(changes.map(({ diagnostic, value }) => [diagnostic, value])).toEqual([
      ['networkReconnect', DiagnosticQuality.Poor],
      ['networkReconnect', DiagnosticQuality.Bad],
      ['networkReconnect', DiagnosticQuality.Good],
    ]);
  });

  test('a browser that is offline has no network', () => {
    const { network } = feature();
    vi.stubGlobal('navigator', { onLine: false });
    window.dispatchEvent(new Event('offline'));
    expect(network.getLatest().noNetwork).toEqual({ value: true, valueType: 'DiagnosticFlag' });
  });

  test('loss makes the quality bad after two samples, not one', async () => {
    const publish = new StatsPeer();
    call.internals.publishConnection = publish.peer;
    call.internals.published.set('0', TrackKind.AUDIO);
    const { network } = feature();
    let packets = 0;
    const sample = async (lossPercent: number): Promise<void> => {
      packets += 100;
      publish.stats = [
        { id: 'o', type: 'outbound-rtp', mid: '0', packetsSent: packets, remoteId: 'r' },
        { id: 'r', type: 'remote-inbound-rtp', packetsLost: (packets * lossPercent) / 100 },
      ];
      await vi.advanceTimersByTimeAsync(2_000);
    };
    await sample(20);
    await sample(20);
    expect(network.getLatest().networkSendQuality).toBeUndefined();
    await sample(20);
    expect(network.getLatest().networkSendQuality?.value).toBe(DiagnosticQuality.Bad);
    expect(network.getLatest().networkReceiveQuality).toBeUndefined();
  });

  test('a relay that gives no answer is told', () => {
    const publish = new StatsPeer();
    call.internals.publishConnection = publish.peer;
    const { network } = feature();
    const error = { errorCode: 701, url: 'turn:relay.example' };
    publish.dispatchEvent(Object.assign(new Event('icecandidateerror'), error));
    expect(network.getLatest().networkRelaysNotReachable?.value).toBe(true);
  });

  test('others are told nothing before it is wished, and then in one message', async () => {
    const publish = new StatsPeer();
    call.internals.publishConnection = publish.peer;
    const { remote } = feature();
    publish.connectionState = 'disconnected';
    call.internals.emit('connectionsChanged');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(call.internals.requests).toEqual([]);
    remote.startSendingDiagnostics();
    publish.connectionState = 'connected';
    call.internals.emit('connectionsChanged');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(call.internals.requests).toHaveLength(1);

    // What one sends, another one reads, and an application's data channel does not see.
    call.internals.become({ participantId: 'p-kim', userId: KIM });
    const receivers = heard(new DataChannelFeature(call.context), 'dataChannelReceiverCreated');
    const { channelId, payload } = call.internals.last('sendData');
    const value = create(DataReceivedSchema, { channelId, payload, participantId: 'p-kim' });
    call.internals.say({ case: 'dataReceived', value });
    expect(receivers).toEqual([]);
    expect(remote.getLatest().diagnostics).toMatchObject([
      { participantId: 'p-kim', rawId: KIM, diagnostic: 'networkReconnect', value: 1 },
    ]);
    call.internals.become();
    expect(remote.getLatest().diagnostics).toEqual([]);
  });

  test('a participant that the server waits for has lost its connection', () => {
    const { remote } = feature();
    const changes = heard(remote, 'diagnosticChanged');
    const kim = { participantId: 'p-kim', userId: KIM };
    call.internals.become({ ...kim, state: ParticipantState.RECONNECTING });
    call.internals.become(kim);
    expect(changes.flatMap(({ diagnostics }) => diagnostics)).toMatchObject([
      { diagnostic: 'serverConnection', value: false },
      { diagnostic: 'serverConnection', value: true },
    ]);
  });

  test('nothing runs once disposed', () => {
    feature().dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('media diagnostics', () => {
  const raised = (media: OwnMediaDiagnostics): string[] =>
    Object.entries(media.getLatest())
      .filter(([, { value }]) => value === true)
      .map(([name]) => name);

  test.each([
    [TrackKind.VIDEO, 'NotAllowedError', ['cameraPermissionDenied', 'cameraStartFailed']],
    [
      TrackKind.AUDIO,
      'NotAllowedError',
      ['microphonePermissionDenied', 'microphoneNotFunctioning'],
    ],
    [TrackKind.VIDEO, 'NotReadableError', ['cameraStartFailed']],
    [TrackKind.SCREEN_SHARE, 'NotReadableError', ['capturerStartFailed']],
    [TrackKind.SCREEN_SHARE, 'NotAllowedError', []],
  ])('kind %i that fails with %s raises %j', (kind, name, expected) => {
    const media = new OwnMediaDiagnostics();
    media.opening(kind);
    media.failed(kind, deviceError('device', new DOMException('', name)));
    expect(raised(media).sort()).toEqual([...expected].sort());
    media.started(kind);
    expect(raised(media)).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(raised(media)).toEqual([]);
  });

  test('a system that lets nobody record the screen is told apart from a user who picks none', () => {
    const media = new OwnMediaDiagnostics();
    const cause = new Error('Permission denied by system');
    const error = new CommunicationServicesError({ code: 403, subCode: 1, message: '', cause });
    media.failed(TrackKind.SCREEN_SHARE, error);
    expect(raised(media)).toEqual(['screenshareRecordingDisabled']);
  });

  test('a camera that takes longer than 10 s has timed out', () => {
    const media = new OwnMediaDiagnostics();
    media.opening(TrackKind.VIDEO);
    vi.advanceTimersByTime(9_999);
    expect(raised(media)).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(raised(media)).toEqual(['cameraStartTimedOut']);
    media.started(TrackKind.VIDEO);
    expect(raised(media)).toEqual([]);
  });

  test('frames that stop freeze the camera, and no sound while open is silence', () => {
    const media = new OwnMediaDiagnostics();
    const sample = (framesEncoded: number, audioInputLevel: number): void => {
      media.lookAtStats(
        {
          audio: { send: [{ id: 'a', audioInputLevel }], receive: [] },
          video: { send: [{ id: 'v', framesEncoded }], receive: [] },
          screenShare: { send: [], receive: [] },
          transports: [],
        },
        false,
      );
    };
    for (let count = 0; count < 4; count++) {
      sample(30, 0);
    }
    expect(raised(media)).toEqual(['cameraFreeze']);
    sample(30, 0);
    expect(raised(media)).toEqual(['cameraFreeze', 'microphoneNotMuteButSilent']);
    sample(60, 5);
    expect(raised(media)).toEqual([]);
  });

  test('devices that are pulled out, interrupted or absent are told', () => {
    const media = new OwnMediaDiagnostics();
    media.ended(TrackKind.VIDEO);
    media.ended(TrackKind.SCREEN_SHARE);
    media.interrupted(TrackKind.AUDIO, true);
    media.setDevices({ microphones: 0, speakers: 0 });
    expect(raised(media)).toEqual([
      'cameraStoppedUnexpectedly',
      'capturerStoppedUnexpectedly',
      'microphoneMuteUnexpectedly',
      'noMicrophoneDevicesEnumerated',
      'noSpeakerDevicesEnumerated',
    ]);
  });
});

test('videos that lose packets are fewer after a while, and more when they do well again', async () => {
  const subscribe = new StatsPeer();
  call.internals.subscribeConnection = subscribe.peer;
  const track = create(TrackSchema, { trackId: 't', kind: TrackKind.VIDEO });
  const kim = { participantId: 'p-kim', userId: KIM, tracks: new Map([['t', track]]) };
  call.internals.become(kim);
  const feature = new OptimalVideoCountFeature(call.context);
  const most = feature.optimalVideoCount;
  let packetsReceived = 0;
  let packetsLost = 0;
  const look = async (count: number, lost: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      packetsReceived += 100;
      packetsLost += lost;
      subscribe.stats = ['0', '1', '2'].map((mid) => {
        call.internals.received.set(mid, 't');
        return { id: mid, type: 'inbound-rtp', mid, packetsReceived, packetsLost };
      });
      await vi.advanceTimersByTimeAsync(5_000);
    }
  };
  await look(2, 20);
  expect(feature.optimalVideoCount).toBe(most);
  await look(1, 20);
  expect(feature.optimalVideoCount).toBe(2);
  expect(feature.lastOvcChangeReason).toBe('bandwidth');
  await look(5, 0);
  expect(feature.optimalVideoCount).toBe(2);
  await look(1, 0);
  expect(feature.optimalVideoCount).toBe(3);
  await look(10, 50);
  expect(feature.optimalVideoCount).toBe(1);
  feature.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

describe('CallSurvey', () => {
  test('a survey comes back with what names it', async () => {
    const survey = {
      overallRating: { score: 4 },
      audioRating: { score: 1, issues: ['Echo' as const] },
    };
    const response = await new OwnCallSurveyFeature(call.context).submitSurvey(survey);
    expect(response).toMatchObject({ ...survey, callId: 'call-1', localParticipantId: 'p-me' });
    expect(response.id).not.toBe('');
  });

  test.each([
    [{}],
    [{ overallRating: { score: 0 } }],
    [{ overallRating: { score: 6 } }],
    [{ overallRating: { score: Number.NaN } }],
    [{ overallRating: { score: 3, issues: ['Echo' as never] } }],
    [{ videoRating: { score: 3, scale: { lowerBound: 5, upperBound: 1, lowScoreThreshold: 2 } } }],
    [
      {
        videoRating: { score: 3, scale: { lowerBound: 0, upperBound: 101, lowScoreThreshold: 2 } },
      },
    ],
  ])('%j is refused', async (survey) => {
    const feature = new OwnCallSurveyFeature(call.context);
    await expect(feature.submitSurvey(survey)).rejects.toMatchObject({ code: 400 });
  });
});

describe('DebugInfo', () => {
  test.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      'Chrome',
      '142.0.0.0',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.1',
      'Edge',
      '142.1',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', '140.0'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.1 Safari/605.1',
      'Safari',
      '18.1',
    ],
    ['something else', 'unknown', ''],
  ])('reads %s', (userAgent, browser, browserVersion) => {
    expect(environmentOf(userAgent)).toMatchObject({ browser, browserVersion });
  });

  test('another tab is noticed, and forgotten when it is silent', () => {
    const channels: { heard: (data: unknown) => void; said: unknown[] }[] = [];
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        readonly said: unknown[] = [];
        heard: (data: unknown) => void = () => undefined;
        constructor() {
          channels.push(this);
        }
        addEventListener(_: string, listener: (event: { data: unknown }) => void): void {
          this.heard = (data) => {
            listener({ data });
          };
        }
        postMessage(data: unknown): void {
          this.said.push(data);
        }
        close(): void {
          this.said.push('closed');
        }
      },
    );
    const feature = new DebugInfoFeature();
    const changes = heard(feature, 'isCallClientActiveInAnotherTabChanged');
    channels[0]?.heard({ word: 'who', id: 'other' });
    expect(feature.isCallClientActiveInAnotherTab).toBe(true);
    expect(channels[0]?.said.at(-1)).toMatchObject({ word: 'here' });
    vi.advanceTimersByTime(6_000);
    expect(feature.isCallClientActiveInAnotherTab).toBe(false);
    expect(changes).toHaveLength(2);
    feature.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('what is of Teams exists, is inactive, and says so', async () => {
  expect(new PPTLiveFeature(call.context).isActive).toBe(false);
  expect(
    (new BreakoutRoomsFeature(call.context) as { breakoutRooms?: unknown }).breakoutRooms,
  ).toBeUndefined();
  const together = new TogetherModeFeature(call.context);
  expect(together.togetherModeStream).toEqual([]);
  await expect(together.start()).rejects.toMatchObject({ code: 501 });
  const numbers = new TeamsMeetingAudioConferencingFeature(call.context);
  await expect(numbers.getTeamsMeetingAudioConferencingDetails()).rejects.toMatchObject({
    code: 501,
  });
});
