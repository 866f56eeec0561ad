import { CommunicationServicesError, wrongState } from '../errors';
import type { ClientMessage, ServerMessage } from '../generated/vaxel/signaling/v1/signaling_pb';
import { requestTimedOut } from './errors';

export type Request = ClientMessage['body'] & { case: string };
export type ServerBody = Extract<ServerMessage['body'], { case: string }>;

/** Requests without an answer at one time; more is a bug of the caller, not a load. */
const MAX_PENDING = 64;

interface Pending {
  body: Request;
  timeoutMs: number;
  resolve: (body: ServerBody) => void;
  reject: (error: CommunicationServicesError) => void;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The requests of a session that wait for their answers, by number. While the socket is being replaced their time stands still. */
export class PendingRequests {
  readonly #pending = new Map<bigint, Pending>();
  #lastId = 0n;
  #paused = false;

  /** A number that no request of the session has. */
  nextId(): bigint {
    return ++this.#lastId;
  }

  /** Waits for the answer to a request. @throws CommunicationServicesError 409 when 64 others wait */
  add(requestId: bigint, body: Request, timeoutMs: number): Promise<ServerBody> {
    if (this.#pending.size >= MAX_PENDING) {
      return Promise.reject(
        wrongState(`More than ${String(MAX_PENDING)} requests wait for an answer`),
      );
    }
    return new Promise((resolve, reject) => {
      const pending: Pending = { body, timeoutMs, resolve, reject, timer: undefined };
      this.#pending.set(requestId, pending);
      if (!this.#paused) {
        this.#startTimer(requestId, pending);
      }
    });
  }

  /** Takes an answer; one that comes too late finds nobody. */
  settle(requestId: bigint, body: ServerBody): void {
    const pending = this.#pending.get(requestId);
    if (pending === undefined) {
      return;
    }
    this.#pending.delete(requestId);
    clearTimeout(pending.timer);
    if (body.case === 'error') {
      pending.reject(new CommunicationServicesError(body.value));
    } else {
      pending.resolve(body);
    }
  }

  /** The socket is lost: nobody's time runs out. */
  pause(): void {
    this.#paused = true;
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
    }
  }

  /** There is a socket again: what has no answer yet, in the order of asking. */
  resume(): [requestId: bigint, body: Request][] {
    this.#paused = false;
    return [...this.#pending].map(([requestId, pending]) => {
      this.#startTimer(requestId, pending);
      return [requestId, pending.body];
    });
  }

  /** Nothing will be answered any more. */
  rejectAll(error: CommunicationServicesError): void {
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
    this.#pending.clear();
  }

  #startTimer(requestId: bigint, pending: Pending): void {
    pending.timer = setTimeout(() => {
      this.#pending.delete(requestId);
      pending.reject(requestTimedOut(pending.body.case, pending.timeoutMs));
    }, pending.timeoutMs);
  }
}
