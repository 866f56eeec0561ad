import { create, fromBinary, toBinary } from '@bufbuild/protobuf';

import { CommunicationServicesError, ErrorSubCode, wrongState } from '../errors';
import type { ClientMessage, ServerMessage } from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  ClientMessageSchema,
  ServerMessageSchema,
} from '../generated/vaxel/signaling/v1/signaling_pb';

/** Negotiated when the WebSocket opens; names the protocol's version. */
export const SUBPROTOCOL = 'vaxel.signaling.v1';

/** How long the server may take to answer a request that names no other limit. */
const REQUEST_TIMEOUT_MS = 15_000;

/** How long opening the socket and the greeting may take together. */
const OPEN_TIMEOUT_MS = 15_000;

/** A token is replaced this long before it expires. */
const RENEW_BEFORE_MS = 120_000;

/** The longest delay that a timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Requests without an answer at one time; more is a bug of the caller, not a load. */
const MAX_PENDING = 64;

/** Without a word from the server for this many ping intervals the connection counts as lost. */
const SILENT_INTERVALS = 3;

export type Request = ClientMessage['body'] & { case: string };
export type ServerBody = Extract<ServerMessage['body'], { case: string }>;
type BodyOf<K extends ServerBody['case']> = Extract<ServerBody, { case: K }>['value'];

/** What a connection tells its call. */
export interface SignalingListener {
  /** A message that the server sent by itself. */
  received(body: ServerBody): void;
  /** The connection is gone, and nothing follows. Not called after `close()`. */
  lost(error: CommunicationServicesError): void;
}

export interface Greeting {
  url: string;
  token: string;
  displayName: string;
  sdkName: string;
  sdkVersion: string;
}

interface Pending {
  expected: ServerBody['case'];
  resolve: (value: never) => void;
  reject: (error: CommunicationServicesError) => void;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * One WebSocket of the calling protocol, from its greeting to its end. Answers find their requests by number; messages that
 * the server sends by itself reach the listener in the order they came. An answer's promise settles before the next message is
 * looked at, because a browser runs the waiting continuations between two socket events.
 */
export class SignalingConnection {
  listener: SignalingListener | undefined;

  readonly #socket: WebSocket;
  readonly #pending = new Map<bigint, Pending>();
  #lastRequestId = 0n;
  #userId = '';
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #renewTimer: ReturnType<typeof setTimeout> | undefined;
  #silentIntervals = 0;
  #wroteSincePing = false;
  /** An error the server gave without being asked: the reason of the close that follows. */
  #parting: CommunicationServicesError | undefined;
  #closed = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', (event) => {
      this.#receive(event.data);
    });
    socket.addEventListener('close', (event) => {
      this.#end(this.#parting ?? connectionLost(event.reason));
    });
  }

  /**
   * Connects and greets.
   *
   * @throws CommunicationServicesError 401 or 403 when the token is refused, 503 when the server can't be reached
   */
  static async open(greeting: Greeting): Promise<SignalingConnection> {
    const socket = new WebSocket(greeting.url, SUBPROTOCOL);
    const connection = new SignalingConnection(socket);
    const timer = setTimeout(() => {
      connection.close();
    }, OPEN_TIMEOUT_MS);
    try {
      await opened(socket, greeting.url);
      const { token, displayName, sdkName, sdkVersion } = greeting;
      const hello = { token, displayName, sdkName, sdkVersion };
      const welcome = await connection.request(
        { case: 'hello', value: { $typeName: 'vaxel.signaling.v1.Hello', ...hello } },
        'welcome',
      );
      connection.#userId = welcome.userId;
      connection.#startPings(welcome.pingIntervalMs);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Who the server says this is. */
  get userId(): string {
    return this.#userId;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws CommunicationServicesError what the server answered, 408 when it didn't in time, 490 when the connection was lost
   */
  request<K extends ServerBody['case']>(
    body: Request,
    expected: K,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<BodyOf<K>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(connectionLost(''));
        return;
      }
      if (this.#pending.size >= MAX_PENDING) {
        reject(wrongState(`More than ${String(MAX_PENDING)} requests wait for an answer`));
        return;
      }
      const requestId = ++this.#lastRequestId;
      const timer = setTimeout(() => {
        this.#pending.delete(requestId);
        reject(
          new CommunicationServicesError({
            code: 408,
            subCode: ErrorSubCode.RequestTimedOut,
            message: `The server didn't answer ${body.case} within ${String(timeoutMs / 1000)} s`,
          }),
        );
      }, timeoutMs);
      this.#pending.set(requestId, { expected, resolve, reject, timer });
      this.#write(requestId, body);
    });
  }

  /** Sends something whose answer doesn't matter any more, such as the last word of a page that is being closed. */
  tell(body: Request): void {
    if (!this.#closed) {
      this.#write(++this.#lastRequestId, body);
    }
  }

  /**
   * Gives the server a new token a while before the one it has expires (milliseconds since 1970; 0 when that isn't known), for as
   * long as the source has newer ones.
   */
  keepFresh(
    expiresOnTimestamp: number,
    getToken: () => Promise<{ token: string; expiresOnTimestamp: number }>,
  ): void {
    if (expiresOnTimestamp === 0 || this.#closed) {
      return;
    }
    const delay = Math.max(0, expiresOnTimestamp - Date.now() - RENEW_BEFORE_MS);
    this.#renewTimer = setTimeout(
      () => {
        this.#renew(expiresOnTimestamp, getToken).catch(() => undefined); // the old one holds until it expires
      },
      Math.min(delay, MAX_TIMER_MS),
    );
  }

  /** Closes without a word to the listener; requests that wait are rejected. */
  close(): void {
    this.listener = undefined;
    this.#end(connectionLost('closed'));
    this.#socket.close(1000);
  }

  async #renew(
    expiresOnTimestamp: number,
    getToken: () => Promise<{ token: string; expiresOnTimestamp: number }>,
  ): Promise<void> {
    const next = await getToken();
    if (next.expiresOnTimestamp > expiresOnTimestamp) {
      const value = { $typeName: 'vaxel.signaling.v1.RenewToken' as const, token: next.token };
      await this.request({ case: 'renewToken', value }, 'done');
      this.keepFresh(next.expiresOnTimestamp, getToken);
    }
  }

  #write(requestId: bigint, body: Request): void {
    this.#wroteSincePing = true;
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(
        toBinary(ClientMessageSchema, create(ClientMessageSchema, { requestId, body })),
      );
    }
  }

  #receive(data: unknown): void {
    this.#silentIntervals = 0;
    if (this.#closed || !(data instanceof ArrayBuffer)) {
      return;
    }
    let message: ServerMessage;
    try {
      message = fromBinary(ServerMessageSchema, new Uint8Array(data));
    } catch {
      // A server that speaks something else can't be talked to.
      this.#parting = connectionLost('the server sent a malformed message');
      this.#socket.close(1000);
      return;
    }
    const body = message.body;
    if (body.case === undefined) {
      return; // a message of a newer protocol
    }
    if (message.inReplyTo !== 0n) {
      this.#settle(message.inReplyTo, body);
    } else if (body.case === 'error') {
      this.#parting = new CommunicationServicesError(body.value);
    } else {
      this.listener?.received(body);
    }
  }

  #settle(requestId: bigint, body: ServerBody): void {
    const pending = this.#pending.get(requestId);
    if (pending === undefined) {
      return; // answered too late
    }
    this.#pending.delete(requestId);
    clearTimeout(pending.timer);
    if (body.case === 'error') {
      pending.reject(new CommunicationServicesError(body.value));
    } else if (body.case === pending.expected) {
      pending.resolve(body.value as never);
    } else {
      pending.reject(
        new CommunicationServicesError({
          code: 500,
          subCode: ErrorSubCode.ConnectionFailed,
          message: `The server answered ${body.case} where ${pending.expected} was expected`,
        }),
      );
    }
  }

  #startPings(intervalMs: number): void {
    if (intervalMs === 0) {
      return;
    }
    this.#pingTimer = setInterval(() => {
      this.#silentIntervals++;
      if (this.#silentIntervals > SILENT_INTERVALS) {
        // The browser may take minutes to notice; those who wait for answers should not.
        this.#end(connectionLost('the server has gone silent'));
        this.#socket.close(1000);
        return;
      }
      if (!this.#wroteSincePing || this.#silentIntervals > 1) {
        this.tell({ case: 'ping', value: { $typeName: 'vaxel.signaling.v1.Ping' } });
      }
      this.#wroteSincePing = false;
    }, intervalMs);
  }

  #end(error: CommunicationServicesError): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    clearInterval(this.#pingTimer);
    clearTimeout(this.#renewTimer);
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
    this.#pending.clear();
    this.listener?.lost(error);
  }
}

function opened(socket: WebSocket, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => {
      resolve();
    });
    socket.addEventListener('close', () => {
      reject(
        new CommunicationServicesError({
          code: 503,
          subCode: ErrorSubCode.ConnectionFailed,
          message: `No connection to ${url}; is the server running, and its certificate trusted?`,
        }),
      );
    });
  });
}

function connectionLost(reason: string): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 490,
    subCode: ErrorSubCode.ConnectionLost,
    message: reason === '' ? 'The connection was lost' : `The connection was lost: ${reason}`,
  });
}
