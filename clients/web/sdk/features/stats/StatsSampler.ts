import type { Call } from '../../api';
import type { CallInternals } from '../../call/CallInternals';
import { RemoteVideoStreamImpl } from '../../call/RemoteVideoStreamImpl';
import { TrackKind } from '../../generated/vaxel/signaling/v1/signaling_pb';
import type {
  BaseMediaStats,
  IncomingAudioMediaStats,
  IncomingVideoMediaStats,
  MediaStatsReportSample,
  OutgoingAudioMediaStats,
  OutgoingVideoMediaStats,
  TransportMediaStats,
} from '../MediaStats';
import { StatsHistory, StatsView } from './StatsView';

/** What a browser's level of 1 is. */
const FULL_LEVEL = 65_536;

/** Reads what the browser counts of a call's media, and gives it the names of the API. Rates are since the sample before. */
export class StatsSampler {
  readonly #call: Call;
  readonly #internals: CallInternals;
  readonly #history = new StatsHistory();

  constructor(call: Call, internals: CallInternals) {
    this.#call = call;
    this.#internals = internals;
  }

  async sample(): Promise<MediaStatsReportSample> {
    const { publishConnection, subscribeConnection } = this.#internals;
    const report: MediaStatsReportSample = {
      audio: { send: [], receive: [] },
      video: { send: [], receive: [] },
      screenShare: { send: [], receive: [] },
      transports: [],
    };
    if (publishConnection !== undefined) {
      this.#readSent(new StatsView(await publishConnection.getStats(), this.#history), report);
    }
    if (subscribeConnection !== undefined) {
      const view = new StatsView(await subscribeConnection.getStats(), this.#history);
      this.#readReceived(view, report);
    }
    this.#history.forgetUnseen();
    return report;
  }

  #readSent(view: StatsView, report: MediaStatsReportSample): void {
    for (const sent of view.all('outbound-rtp')) {
      const kind = this.#internals.publishedKind(sent.text('mid'));
      if (kind === TrackKind.AUDIO) {
        report.audio.send.push(outgoingAudio(sent));
      } else if (kind === TrackKind.VIDEO || kind === TrackKind.SCREEN_SHARE) {
        const list = kind === TrackKind.VIDEO ? report.video.send : report.screenShare.send;
        addLayout(list, outgoingVideo(sent));
      }
    }
    report.transports.push(...transports(view));
  }

  #readReceived(view: StatsView, report: MediaStatsReportSample): void {
    for (const received of view.all('inbound-rtp')) {
      const trackId = this.#internals.receivedTrackId(received.text('mid'));
      const kind = trackId === undefined ? undefined : this.#kindOf(trackId);
      if (kind === TrackKind.AUDIO) {
        report.audio.receive.push(incomingAudio(received));
      } else if (kind === TrackKind.VIDEO || kind === TrackKind.SCREEN_SHARE) {
        const streamId = this.#streamId(trackId);
        const list = kind === TrackKind.VIDEO ? report.video.receive : report.screenShare.receive;
        list.push({ ...incomingVideo(received), ...(streamId === undefined ? {} : { streamId }) });
      }
    }
    report.transports.push(...transports(view));
  }

  #kindOf(trackId: string): TrackKind | undefined {
    return this.#internals.roster
      .map((entry) => entry.tracks.get(trackId))
      .find((track) => track !== undefined)?.kind;
  }

  #streamId(trackId: string | undefined): number | undefined {
    return this.#call.remoteParticipants
      .flatMap((participant) => participant.videoStreams)
      .find((stream) => stream instanceof RemoteVideoStreamImpl && stream.trackId === trackId)?.id;
  }
}

type Entry = ReturnType<StatsView['all']>[number];

/** The largest picture of a camera is the entry; its smaller ones hang on it. */
function addLayout(
  list: OutgoingVideoMediaStats<number, string>[],
  layout: OutgoingVideoMediaStats<number, string>,
): void {
  const largest = list[0];
  if (largest === undefined) {
    list.push(layout);
  } else if ((layout.frameHeightSent ?? 0) > (largest.frameHeightSent ?? 0)) {
    const { altLayouts = [], ...smaller } = largest;
    list[0] = { ...layout, altLayouts: [...altLayouts, smaller] };
  } else {
    largest.altLayouts = [...(largest.altLayouts ?? []), layout];
  }
}

function base(
  entry: Entry,
  counts: Entry,
  names: { bytes: string; packets: string },
  quality: Entry | undefined,
): BaseMediaStats<number, string> {
  const bytes = entry.perSecond(names.bytes);
  return {
    id: entry.id,
    ...entry
      .linked('codecId')
      ?.texts({ codecName: 'mimeType' }, (type) => type.split('/')[1] ?? type),
    ...entry.texts({ transportId: 'transportId' }),
    ...(bytes === undefined ? {} : { bitrate: bytes * 8 }),
    ...counts.numbers({ packets: names.packets }),
    ...counts.rates({ packetsPerSecond: names.packets }),
    ...quality?.numbers({ packetsLost: 'packetsLost' }),
    ...quality?.rates({ packetsLostPerSecond: 'packetsLost' }),
    ...quality?.numbers({ jitterInMs: 'jitter' }, 1_000),
  };
}

function outgoing(sent: Entry): BaseMediaStats<number, string> {
  const heard = sent.linked('remoteId');
  return {
    ...base(sent, sent, { bytes: 'bytesSent', packets: 'packetsSent' }, heard),
    ...heard?.numbers({ rttInMs: 'roundTripTime' }, 1_000),
  };
}

function outgoingAudio(sent: Entry): OutgoingAudioMediaStats<number, string> {
  const source = sent.linked('mediaSourceId');
  return { ...outgoing(sent), ...source?.numbers({ audioInputLevel: 'audioLevel' }, FULL_LEVEL) };
}

function outgoingVideo(sent: Entry): OutgoingVideoMediaStats<number, string> {
  return {
    ...outgoing(sent),
    ...sent.linked('mediaSourceId')?.numbers({
      frameRateInput: 'framesPerSecond',
      frameWidthInput: 'width',
      frameHeightInput: 'height',
    }),
    ...sent.numbers({
      framesEncoded: 'framesEncoded',
      framesSent: 'framesSent',
      frameWidthSent: 'frameWidth',
      frameHeightSent: 'frameHeight',
      keyFramesEncoded: 'keyFramesEncoded',
    }),
    ...sent.rates({ frameRateEncoded: 'framesEncoded', frameRateSent: 'framesSent' }),
  };
}

function incoming(received: Entry): BaseMediaStats<number, string> {
  const pair = received.linked('transportId')?.linked('selectedCandidatePairId');
  return {
    ...base(received, received, { bytes: 'bytesReceived', packets: 'packetsReceived' }, received),
    ...pair?.numbers({ rttInMs: 'currentRoundTripTime' }, 1_000),
    ...received.linked('remoteId')?.numbers({ rttInMs: 'roundTripTime' }, 1_000),
  };
}

/** How long what was played lately had waited. */
function bufferDelay(received: Entry): { jitterBufferDelayInMs?: number } {
  const delay = received.ratio('jitterBufferDelay', 'jitterBufferEmittedCount');
  return delay === undefined ? {} : { jitterBufferDelayInMs: delay * 1_000 };
}

function incomingAudio(received: Entry): IncomingAudioMediaStats<number, string> {
  const healedRatio = received.ratio('concealedSamples', 'totalSamplesReceived');
  return {
    ...incoming(received),
    ...bufferDelay(received),
    ...received.numbers({ audioOutputLevel: 'audioLevel' }, FULL_LEVEL),
    ...(healedRatio === undefined ? {} : { healedRatio }),
  };
}

function incomingVideo(received: Entry): IncomingVideoMediaStats<number, string> {
  return {
    ...incoming(received),
    ...bufferDelay(received),
    ...received.rates({ frameRateDecoded: 'framesDecoded', frameRateReceived: 'framesReceived' }),
    ...received.numbers({
      frameWidthReceived: 'frameWidth',
      frameHeightReceived: 'frameHeight',
      framesReceived: 'framesReceived',
      framesDropped: 'framesDropped',
      framesDecoded: 'framesDecoded',
      keyFramesDecoded: 'keyFramesDecoded',
    }),
    ...received.numbers({ totalFreezeDurationInMs: 'totalFreezesDuration' }, 1_000),
    longestFreezeDurationInMs: received.largestStep('totalFreezesDuration') * 1_000,
  };
}

function transports(view: StatsView): TransportMediaStats<number>[] {
  return view.all('transport').map((transport) => {
    const pair = transport.linked('selectedCandidatePairId');
    return {
      id: transport.id,
      ...pair?.numbers({ rttInMs: 'currentRoundTripTime' }, 1_000),
      ...pair?.numbers({
        availableIncomingBitrate: 'availableIncomingBitrate',
        availableOutgoingBitrate: 'availableOutgoingBitrate',
      }),
    };
  });
}
