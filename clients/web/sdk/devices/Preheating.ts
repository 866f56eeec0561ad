import { invalidArgument } from '../errors';
import type { Lease } from './LocalSource';
import { LocalSource } from './LocalSource';
import type { PreheatParameters } from './types';

const USUAL_SECONDS = 60;
const MAX_SECONDS = 600;

/** One device held open before it is needed, for a while. */
export class Preheating {
  #lease: Lease | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts starts and stops, so that a stop is not overtaken by a device that opens late. */
  #turn = 0;

  /** Opens the device if it is wished and not open. @throws CommunicationServicesError when it can't be opened */
  async start(
    what: 'camera' | 'microphone',
    constraints: MediaStreamConstraints,
    { preheat, timeoutInSec = USUAL_SECONDS }: PreheatParameters,
  ): Promise<void> {
    if (!(timeoutInSec > 0 && timeoutInSec <= MAX_SECONDS)) {
      throw invalidArgument(`timeoutInSec must be above 0 and at most ${String(MAX_SECONDS)}`);
    }
    if (!preheat) {
      return;
    }
    const turn = ++this.#turn;
    const lease = await new LocalSource(what, constraints).acquire();
    if (turn !== this.#turn) {
      lease.release();
      return;
    }
    this.#letGo();
    this.#lease = lease;
    this.#timer = setTimeout(() => {
      this.stop();
    }, timeoutInSec * 1_000);
  }

  stop(): void {
    this.#turn++;
    this.#letGo();
  }

  #letGo(): void {
    clearTimeout(this.#timer);
    this.#lease?.release();
    this.#lease = undefined;
  }
}
