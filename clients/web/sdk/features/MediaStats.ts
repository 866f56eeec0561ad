import { invalidArgument } from '../errors';
import type { EventSource } from '../events';
import { Emitter } from '../events';
import type { CallFeature } from './feature';
import { OwnCallFeature } from './feature';
import { StatsSampler } from './stats/StatsSampler';
import { StatsSummary } from './stats/StatsSummary';

/** What all directions and kinds have. Rates are of the time since the sample before. */
export interface BaseMediaStats<N, S> {
  id: string;
  codecName?: S;
  /** Bits a second. */
  bitrate?: N;
  jitterInMs?: N;
  packets?: N;
  packetsPerSecond?: N;
  packetsLost?: N;
  packetsLostPerSecond?: N;
  rttInMs?: N;
  transportId?: S;
}
export interface OutgoingAudioMediaStats<N, S> extends BaseMediaStats<N, S> {
  /** 0 to 65,536. */
  audioInputLevel?: N;
}
export interface IncomingAudioMediaStats<N, S> extends BaseMediaStats<N, S> {
  jitterBufferDelayInMs?: N;
  /** 0 to 65,536. */
  audioOutputLevel?: N;
  /** The share of what was played that had to be made up, 0 to 1. */
  healedRatio?: N;
}
export interface OutgoingVideoMediaStats<N, S> extends BaseMediaStats<N, S> {
  frameRateInput?: N;
  frameWidthInput?: N;
  frameHeightInput?: N;
  framesEncoded?: N;
  frameRateEncoded?: N;
  framesSent?: N;
  frameRateSent?: N;
  frameWidthSent?: N;
  frameHeightSent?: N;
  keyFramesEncoded?: N;
  /** The other sizes of the same picture that are sent. */
  altLayouts?: OutgoingVideoMediaStats<N, S>[];
}
export type OutgoingScreenShareMediaStats<N, S> = OutgoingVideoMediaStats<N, S>;
export interface IncomingVideoMediaStats<N, S> extends BaseMediaStats<N, S> {
  /** The `id` of the RemoteVideoStream. */
  streamId?: N;
  jitterBufferDelayInMs?: N;
  frameRateDecoded?: N;
  frameRateReceived?: N;
  frameWidthReceived?: N;
  frameHeightReceived?: N;
  /** Since the collector began, as seen from sample to sample. */
  longestFreezeDurationInMs?: N;
  totalFreezeDurationInMs?: N;
  framesReceived?: N;
  framesDropped?: N;
  framesDecoded?: N;
  keyFramesDecoded?: N;
}
export type IncomingScreenShareMediaStats<N, S> = IncomingVideoMediaStats<N, S>;
export interface TransportMediaStats<N> {
  id: string;
  rttInMs?: N;
  availableIncomingBitrate?: N;
  availableOutgoingBitrate?: N;
}

/** All that is known of the media of a call, with numbers and texts in this form. */
export interface MediaStatsReport<N, S> {
  audio: { send: OutgoingAudioMediaStats<N, S>[]; receive: IncomingAudioMediaStats<N, S>[] };
  video: { send: OutgoingVideoMediaStats<N, S>[]; receive: IncomingVideoMediaStats<N, S>[] };
  screenShare: {
    send: OutgoingScreenShareMediaStats<N, S>[];
    receive: IncomingScreenShareMediaStats<N, S>[];
  };
  transports: TransportMediaStats<N>[];
}
export type MediaStatsReportSample = MediaStatsReport<number, string>;

/** One entry for each aggregation interval. */
export interface MediaStatsAggregation {
  count: number[];
  sum: number[];
  min: number[];
  max: number[];
}
export interface MediaStatValue<T> {
  /** Of numbers only. */
  aggregation?: MediaStatsAggregation;
  /** The values of all samples. */
  raw: T[];
  /** Of the last sample. */
  timestamp: Date;
}
export type MediaStatsReportSummary = MediaStatsReport<
  MediaStatValue<number>,
  MediaStatValue<string>
>;

export type MediaStatsReportSampleEvent = (args: MediaStatsReportSample) => void;
export type MediaStatsReportSummaryEvent = (args: MediaStatsReportSummary) => void;
export interface MediaStatsCollectorEvents {
  /** Once a second. */
  sampleReported: MediaStatsReportSampleEvent;
  /** After as many aggregation intervals as there are data points. */
  summaryReported: MediaStatsReportSummaryEvent;
}

/** Reports until disposed, or the call is over. */
export interface MediaStatsCollector extends EventSource<MediaStatsCollectorEvents> {
  dispose(): void;
}

export interface MediaStatsCollectorOptions {
  /** In seconds, 1 to 60; 10 unless set. */
  aggregationInterval?: number;
  /** 1 to 60; 6 unless set. */
  dataPointsPerAggregation?: number;
}

export interface MediaStatsCallFeature extends CallFeature {
  /** @throws CommunicationServicesError 400 for options out of range, or more than 16 collectors at a time */
  createCollector(options?: MediaStatsCollectorOptions): MediaStatsCollector;
}

const SAMPLE_MS = 1_000;
const MAX_OPTION = 60;
const MAX_COLLECTORS = 16;

class Collector extends Emitter<MediaStatsCollectorEvents> implements MediaStatsCollector {
  readonly #sampler: StatsSampler;
  readonly #summary: StatsSummary;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #disposed: () => void;
  #isDisposed = false;

  constructor(sampler: StatsSampler, summary: StatsSummary, disposed: () => void) {
    super();
    this.#sampler = sampler;
    this.#summary = summary;
    this.#disposed = disposed;
    this.#timer = setInterval(() => {
      void this.#collect();
    }, SAMPLE_MS);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearInterval(this.#timer);
    this.#disposed();
  }

  async #collect(): Promise<void> {
    let sample: MediaStatsReportSample;
    try {
      sample = await this.#sampler.sample();
    } catch {
      return; // a connection that closed under the look
    }
    if (!this.#isDisposed) {
      this.emit('sampleReported', sample);
      const summary = this.#summary.add(sample);
      if (summary !== undefined) {
        this.emit('summaryReported', summary);
      }
    }
  }
}

export class MediaStatsFeature
  extends OwnCallFeature<Record<string, never>>
  implements MediaStatsCallFeature
{
  readonly name = 'MediaStats';
  readonly #collectors = new Set<Collector>();

  createCollector(options: MediaStatsCollectorOptions = {}): MediaStatsCollector {
    const { aggregationInterval = 10, dataPointsPerAggregation = 6 } = options;
    for (const [name, value] of Object.entries({ aggregationInterval, dataPointsPerAggregation })) {
      if (!Number.isInteger(value) || value < 1 || value > MAX_OPTION) {
        throw invalidArgument(`${name} must be from 1 to ${String(MAX_OPTION)}`);
      }
    }
    if (this.#collectors.size >= MAX_COLLECTORS) {
      throw invalidArgument(`There are ${String(MAX_COLLECTORS)} collectors: dispose one first`);
    }
    const collector = new Collector(
      new StatsSampler(this.call, this.internals),
      new StatsSummary(aggregationInterval, dataPointsPerAggregation),
      () => {
        this.#collectors.delete(collector);
      },
    );
    this.#collectors.add(collector);
    return collector;
  }

  override dispose(): void {
    super.dispose();
    for (const collector of [...this.#collectors]) {
      collector.dispose();
    }
  }
}
