import { CommunicationServicesError, mediaFailed } from '../errors';
import type { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';

interface Waiting {
  kind: TrackKind | undefined;
  settle(error?: CommunicationServicesError): void;
}

/** Those who wait for media to flow to the server, each with a limit of their own. */
export class FlowWait {
  readonly #waiting = new Set<Waiting>();

  /**
   * Waits until media flows.
   *
   * @param kind of what waits; undefined for the call itself
   * @throws CommunicationServicesError the given one when it doesn't in time, the server's when it says so, 490 when the call ends
   */
  wait(
    kind: TrackKind | undefined,
    timeoutMs: number,
    late: CommunicationServicesError,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        kind,
        settle: (error) => {
          clearTimeout(timer);
          this.#waiting.delete(waiting);
          if (error === undefined) {
            resolve();
          } else {
            reject(error);
          }
        },
      };
      const timer = setTimeout(() => {
        waiting.settle(late);
      }, timeoutMs);
      this.#waiting.add(waiting);
    });
  }

  /** Media flows. */
  flows(): void {
    this.#settle(() => true);
  }

  /** Media of one kind will not flow. True when somebody waited for it. */
  failed(kind: TrackKind, error: CommunicationServicesError): boolean {
    return this.#settle((waiting) => waiting.kind === kind, error);
  }

  /** The call is over. */
  close(): void {
    this.#settle(() => true, mediaFailed('The call is over'));
  }

  #settle(concerns: (waiting: Waiting) => boolean, error?: CommunicationServicesError): boolean {
    const concerned = [...this.#waiting].filter(concerns);
    for (const waiting of concerned) {
      waiting.settle(error);
    }
    return concerned.length > 0;
  }
}

/** What the promise of a video or screen share that did not come about rejects with; the numbers are the server's. */
export function modalityFailed(code = 408, subCode = 40801): CommunicationServicesError {
  const message = 'The video or screen share did not connect in time';
  return new CommunicationServicesError({ code, subCode, message });
}
