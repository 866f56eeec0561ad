/** What one entry of a browser's statistics was before. */
interface Past {
  at: number;
  values: Record<string, unknown>;
  /** The largest growth of a counter from one sample to the next, by its name. */
  steps: Map<string, number>;
  seen: boolean;
}

/** The samples before, for what is made of differences. Entries that a sample does not have are forgotten. */
export class StatsHistory {
  readonly #past = new Map<string, Past>();

  /** What was, with what is put in its place. */
  exchange(id: string, at: number, values: Record<string, unknown>): Past | undefined {
    const before = this.#past.get(id);
    this.#past.set(id, {
      at,
      values,
      steps: before?.steps ?? new Map<string, number>(),
      seen: true,
    });
    return before;
  }

  forgetUnseen(): void {
    for (const [id, past] of [...this.#past]) {
      if (past.seen) {
        past.seen = false;
      } else {
        this.#past.delete(id);
      }
    }
  }
}

/** One statistics object of the browser's. */
class StatsEntry {
  readonly id: string;
  readonly #values: Record<string, unknown>;
  readonly #before: Past | undefined;
  readonly #view: StatsView;

  constructor(
    id: string,
    values: Record<string, unknown>,
    before: Past | undefined,
    view: StatsView,
  ) {
    this.id = id;
    this.#values = values;
    this.#before = before;
    this.#view = view;
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' ? value : '';
  }

  /** Numbers under other names, those that the browser has. */
  numbers<K extends string>(names: Record<K, string>, factor = 1): Partial<Record<K, number>> {
    return this.#pick(names, (name) => {
      const value = this.#number(name);
      return value === undefined ? undefined : value * factor;
    });
  }

  /** How fast counters grow, under other names. */
  rates<K extends string>(names: Record<K, string>): Partial<Record<K, number>> {
    return this.#pick(names, (name) => this.perSecond(name));
  }

  texts<K extends string>(
    names: Record<K, string>,
    change = (text: string): string => text,
  ): Partial<Record<K, string>> {
    return this.#pick(names, (name) => {
      const text = this.text(name);
      return text === '' ? undefined : change(text);
    });
  }

  perSecond(name: string): number | undefined {
    const seconds = (Number(this.#values.timestamp) - (this.#before?.at ?? NaN)) / 1_000;
    const growth = this.#growth(name);
    return growth === undefined || !(seconds > 0) ? undefined : growth / seconds;
  }

  /** The growth of one counter for each of another. */
  ratio(name: string, of: string): number | undefined {
    const growth = this.#growth(name);
    const whole = this.#growth(of);
    return growth === undefined || whole === undefined || whole <= 0 ? undefined : growth / whole;
  }

  /** The largest growth of a counter from one sample to the next. */
  largestStep(name: string): number {
    const steps = this.#before?.steps;
    const step = Math.max(steps?.get(name) ?? 0, this.#growth(name) ?? 0);
    steps?.set(name, step);
    return step;
  }

  /** The entry whose id is the value of this name. */
  linked(name: string): StatsEntry | undefined {
    return this.#view.get(this.text(name));
  }

  #growth(name: string): number | undefined {
    const now = this.#number(name);
    const before = this.#before?.values[name];
    return now === undefined || typeof before !== 'number' ? undefined : now - before;
  }

  #number(name: string): number | undefined {
    const value = this.#values[name];
    return typeof value === 'number' ? value : undefined;
  }

  #pick<K extends string, T>(
    names: Record<K, string>,
    read: (name: string) => T | undefined,
  ): Partial<Record<K, T>> {
    const found: Partial<Record<K, T>> = {};
    for (const key of Object.keys(names) as K[]) {
      const value = read(names[key]);
      if (value !== undefined) {
        found[key] = value;
      }
    }
    return found;
  }
}

/** A browser's statistics of one connection, beside what they were. */
export class StatsView {
  readonly #entries = new Map<string, StatsEntry>();
  readonly #types = new Map<string, string>();

  constructor(report: RTCStatsReport, history: StatsHistory) {
    report.forEach((stats: RTCStats, id: string) => {
      const values = stats as unknown as Record<string, unknown>;
      const before = history.exchange(id, stats.timestamp, values);
      this.#entries.set(id, new StatsEntry(id, values, before, this));
      this.#types.set(id, stats.type);
    });
  }

  get(id: string): StatsEntry | undefined {
    return this.#entries.get(id);
  }

  all(type: string): StatsEntry[] {
    return [...this.#entries.values()].filter(({ id }) => this.#types.get(id) === type);
  }
}
