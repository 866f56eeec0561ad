import type {
  MediaStatValue,
  MediaStatsReportSample,
  MediaStatsReportSummary,
} from '../MediaStats';

type Value = MediaStatValue<number | string>;

/** The values of one statistic over the time of a summary. */
class Series {
  readonly #raw: (number | string)[] = [];
  readonly #points: number[][];

  constructor(points: number) {
    this.#points = Array.from({ length: points }, () => []);
  }

  add(value: number | string, point: number): void {
    this.#raw.push(value);
    if (typeof value === 'number') {
      this.#points[point]?.push(value);
    }
  }

  value(timestamp: Date): Value {
    const points = this.#points.filter((values) => values.length > 0);
    const aggregation = {
      count: points.map((values) => values.length),
      sum: points.map((values) => values.reduce((sum, value) => sum + value, 0)),
      min: points.map((values) => Math.min(...values)),
      max: points.map((values) => Math.max(...values)),
    };
    return { raw: this.#raw, timestamp, ...(points.length > 0 ? { aggregation } : {}) };
  }
}

/** Where in a report a list of statistics stands. */
const LISTS = [
  ['audio', 'send'],
  ['audio', 'receive'],
  ['video', 'send'],
  ['video', 'receive'],
  ['screenShare', 'send'],
  ['screenShare', 'receive'],
  ['transports', ''],
] as const;

/** Gathers samples, one a second, and makes a summary of each full round of them. */
export class StatsSummary {
  readonly #interval: number;
  readonly #points: number;
  /** By list, id of the statistics and name of the value. */
  readonly #series = new Map<string, Map<string, Map<string, Series>>>();
  #samples = 0;

  /** With so many samples to a data point, and so many of those to a summary. */
  constructor(interval: number, points: number) {
    this.#interval = interval;
    this.#points = points;
  }

  /** Takes a sample in; the summary when it was the last of a round. */
  add(sample: MediaStatsReportSample): MediaStatsReportSummary | undefined {
    const point = Math.floor(this.#samples / this.#interval);
    for (const [kind, direction] of LISTS) {
      const list = kind === 'transports' ? sample.transports : sample[kind][direction];
      for (const { id, ...values } of list) {
        this.#take(`${kind} ${direction}`, id, values, point);
      }
    }
    if (++this.#samples < this.#interval * this.#points) {
      return undefined;
    }
    const summary = this.#summarize(new Date());
    this.#series.clear();
    this.#samples = 0;
    return summary;
  }

  #take(list: string, id: string, values: object, point: number): void {
    for (const [name, value] of Object.entries(values) as [string, unknown][]) {
      if (typeof value === 'number' || typeof value === 'string') {
        const ofList = this.#series.get(list) ?? new Map<string, Map<string, Series>>();
        this.#series.set(list, ofList);
        const ofId = ofList.get(id) ?? new Map<string, Series>();
        ofList.set(id, ofId);
        const series = ofId.get(name) ?? new Series(this.#points);
        ofId.set(name, series);
        series.add(value, point);
      }
    }
  }

  #summarize(timestamp: Date): MediaStatsReportSummary {
    const list = (name: string): { id: string }[] =>
      [...(this.#series.get(name) ?? [])].map(([id, values]) => ({
        ...Object.fromEntries([...values].map(([key, series]) => [key, series.value(timestamp)])),
        id,
      }));
    return {
      audio: { send: list('audio send'), receive: list('audio receive') },
      video: { send: list('video send'), receive: list('video receive') },
      screenShare: { send: list('screenShare send'), receive: list('screenShare receive') },
      transports: list('transports '),
    };
  }
}
