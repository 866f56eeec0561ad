import type { EventSource, PropertyChangedEvent } from '../events';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';
import type { MediaStatsReportSample } from './MediaStats';
import { StatsSampler } from './stats/StatsSampler';

export type OvcChangeReason = 'bandwidth' | 'performance' | 'externalLimit' | 'unknown';

export interface OptimalVideoCountEvents {
  optimalVideoCountChanged: PropertyChangedEvent;
}

export interface OptimalVideoCountCallFeature
  extends CallFeature, EventSource<OptimalVideoCountEvents> {
  /** How many videos of others this device can show well now; at least 1. */
  readonly optimalVideoCount: number;
  /** `unknown` before the first change. */
  readonly lastOvcChangeReason: OvcChangeReason;
}

const MOST_ON_DESKTOP = 9;
const MOST_ON_MOBILE = 4;
const LOOK_MS = 5_000;

/** Of the packets that should have arrived. */
const TOO_MUCH_LOSS = 0.08;

/** Of the frames that arrived and were not shown in time. */
const TOO_MANY_DROPPED = 0.3;

/** Looks in a row that were bad before there is one less, or good before there is one more. */
const BAD_LOOKS = 2;
const GOOD_LOOKS = 6;

/** Watches how the videos that arrive do, and gives one less when they do badly, one more when they do well for a while. */
export class OptimalVideoCountFeature
  extends OwnCallFeature<OptimalVideoCountEvents>
  implements OptimalVideoCountCallFeature
{
  readonly name = 'OptimalVideoCount';
  readonly #most = /Mobi|Android/i.test(navigator.userAgent) ? MOST_ON_MOBILE : MOST_ON_DESKTOP;
  readonly #sampler: StatsSampler;
  #count = this.#most;
  #reason: OvcChangeReason = 'unknown';
  #bad = 0;
  #good = 0;

  constructor(context: CallFeatureContext) {
    super(context);
    this.#sampler = new StatsSampler(this.call, this.internals);
    this.everyMs(LOOK_MS, () => {
      this.#sampler.sample().then(
        (sample) => {
          this.#look(sample);
        },
        () => undefined, // a connection that closed under the look
      );
    });
  }

  get optimalVideoCount(): number {
    return this.#count;
  }

  get lastOvcChangeReason(): OvcChangeReason {
    return this.#reason;
  }

  #look(sample: MediaStatsReportSample): void {
    const videos = sample.video.receive;
    if (videos.length === 0) {
      return;
    }
    const sum = (of: (video: (typeof videos)[number]) => number | undefined): number =>
      videos.reduce((total, video) => total + (of(video) ?? 0), 0);
    const lost = sum((video) => video.packetsLostPerSecond);
    const arrived = sum((video) => video.packetsPerSecond);
    const received = sum((video) => video.frameRateReceived);
    const decoded = sum((video) => video.frameRateDecoded);
    if (lost > TOO_MUCH_LOSS * (lost + arrived)) {
      this.#wasBad('bandwidth', videos.length);
    } else if (received - decoded > TOO_MANY_DROPPED * received) {
      this.#wasBad('performance', videos.length);
    } else {
      this.#bad = 0;
      if (++this.#good >= GOOD_LOOKS && this.#count < this.#most) {
        this.#set(this.#count + 1, this.#reason);
      }
    }
  }

  #wasBad(reason: OvcChangeReason, shown: number): void {
    this.#good = 0;
    if (++this.#bad >= BAD_LOOKS) {
      // More than are shown now would do no better.
      const count = Math.max(1, Math.min(this.#count, shown) - 1);
      if (count !== this.#count) {
        this.#set(count, reason);
      }
    }
  }

  #set(count: number, reason: OvcChangeReason): void {
    this.#count = count;
    this.#reason = reason;
    this.#bad = 0;
    this.#good = 0;
    this.emit('optimalVideoCountChanged');
  }
}
