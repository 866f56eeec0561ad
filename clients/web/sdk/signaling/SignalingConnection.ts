import { create } from '@bufbuild/protobuf';

import type { AccessToken } from '../credential';
import { CommunicationServicesError } from '../errors';
import { Emitter } from '../events';
import type {
  ServerMessage,
  Timeouts,
  Welcome,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import { ClientMessageSchema, PingSchema } from '../generated/vaxel/signaling/v1/signaling_pb';
import { connectionLost, isFinal, isRefusal, lostForTooLong, unexpectedAnswer } from './errors';
import { Heartbeat } from './Heartbeat';
import type { Request, ServerBody } from './PendingRequests';
import { PendingRequests } from './PendingRequests';
import { SignalingSocket } from './SignalingSocket';
import { TokenRenewal } from './TokenRenewal';
import { retryDelay, Wait } from './retry';

export type { Request, ServerBody } from './PendingRequests';

type BodyOf<K extends ServerBody['case']> = Extract<ServerBody, { case: K }>['value'];

/** How long the server may take to answer a request that names no other limit. */
const REQUEST_TIMEOUT_MS = 15_000;

/** How long a lost session is waited for where the server doesn't say. */
const RECONNECT_MS = 120_000;

/** Messages taken in before the server is told so that it can forget them, when no request told it meanwhile. */
const ACKNOWLEDGE_AFTER = 32n;

/** What a connection tells whoever uses it. */
export interface SignalingEvents {
  /** A message that the server sent by itself. */
  received: (body: ServerBody) => void;
  /** The socket is lost and being replaced; requests wait. */
  interrupted: () => void;
  /** There is a socket again, and nothing was missed. */
  resumed: () => void;
  /** The session is over, and nothing follows. Not told after `close()`. */
  lost: (error: CommunicationServicesError) => void;
}

/** Who connects, and where to. */
export interface ConnectionOptions {
  /** Asked for each socket. */
  getToken(): Promise<AccessToken>;
  /** The server that a token is for. @throws CommunicationServicesError 400 */
  address(token: string): string;
  displayName: string;
  sdkName: string;
  sdkVersion: string;
  /** Rings for calls to the user. */
  receivesCalls: boolean;
}

/**
 * A session of the calling protocol, which outlives its sockets: what was missed while there was none arrives later, and requests
 * wait. Answers find their requests by number; messages that the server sends by itself reach the listeners in the order they
 * came. An answer's promise settles before the next message is looked at, because a browser runs the waiting continuations
 * between two socket events.
 */
export class SignalingConnection extends Emitter<SignalingEvents> {
  readonly #options: ConnectionOptions;
  readonly #pending = new PendingRequests();
  readonly #heartbeat: Heartbeat;
  readonly #renewal: TokenRenewal;
  readonly #retry = new Wait();
  #socket: SignalingSocket | undefined;
  #welcome: Welcome | undefined;
  #state: 'opening' | 'up' | 'interrupted' | 'closed' = 'opening';
  #lastSequence = 0n;
  #acknowledged = 0n;

  private constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    this.#heartbeat = new Heartbeat({
      ping: () => {
        this.#ping();
      },
      silent: () => {
        this.#socket?.drop(connectionLost('the server has gone silent'));
      },
      hurry: () => {
        this.#retry.skip();
      },
    });
    this.#renewal = new TokenRenewal(
      () => options.getToken(),
      async (token) => {
        const value = { $typeName: 'vaxel.signaling.v1.RenewToken' as const, token };
        await this.request({ case: 'renewToken', value }, 'done');
      },
    );
  }

  /**
   * Connects and greets.
   *
   * @throws CommunicationServicesError 401 or 403 when the token is refused, 503 when the server can't be reached
   */
  static async open(options: ConnectionOptions): Promise<SignalingConnection> {
    const connection = new SignalingConnection(options);
    try {
      await connection.#connect();
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Who the server says this is. */
  get userId(): string {
    return this.#welcome?.userId ?? '';
  }

  /** The server's timeouts; undefined from a server that says none. */
  get timeouts(): Timeouts | undefined {
    return this.#welcome?.timeouts;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** Whether the socket is lost and being replaced. */
  get isInterrupted(): boolean {
    return this.#state === 'interrupted';
  }

  /**
   * Sends a request and waits for its answer, whatever its kind. While the socket is lost the request waits for the next one.
   *
   * @throws CommunicationServicesError what the server answered, 408 when it didn't in time, 490 or 410 when the connection was lost
   */
  ask(body: Request, timeoutMs = REQUEST_TIMEOUT_MS): Promise<ServerBody> {
    if (this.#state === 'closed') {
      return Promise.reject(connectionLost(''));
    }
    const requestId = this.#pending.nextId();
    const answer = this.#pending.add(requestId, body, timeoutMs);
    this.#write(requestId, body);
    return answer;
  }

  /** The same, for an answer of one kind. @throws CommunicationServicesError 500 for an answer of another one */
  async request<K extends ServerBody['case']>(
    body: Request,
    expected: K,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<BodyOf<K>> {
    const answer = await this.ask(body, timeoutMs);
    if (answer.case !== expected) {
      throw unexpectedAnswer(answer.case, expected);
    }
    return answer.value as BodyOf<K>;
  }

  /** Sends something whose answer doesn't matter any more, such as the last word of a page that is being closed. */
  tell(body: Request): void {
    this.#write(this.#pending.nextId(), body);
  }

  /** Closes without a word to the listeners; requests that wait are rejected. */
  close(): void {
    this.#finish(connectionLost('closed'));
    this.#socket?.close();
  }

  /** Opens a socket and greets on it, going on with the session if there is one. */
  async #connect(): Promise<void> {
    const { token, expiresOnTimestamp } = await this.#options.getToken();
    if (this.#state === 'closed') {
      throw connectionLost('closed');
    }
    const url = this.#options.address(token);
    const { displayName, sdkName, sdkVersion, receivesCalls } = this.#options;
    const resumeToken = this.#welcome?.resumeToken ?? '';
    const hello = {
      ...{ token, displayName, sdkName, sdkVersion, receivesCalls, resumable: true, resumeToken },
      lastSequence: resumeToken === '' ? 0n : this.#lastSequence,
    };
    await new Promise<void>((resolve, reject) => {
      const requestId = this.#pending.nextId();
      this.#socket = new SignalingSocket(
        url,
        { requestId, hello },
        {
          greeted: (welcome) => {
            this.#greeted(welcome);
            resolve();
          },
          received: (message) => {
            this.#receive(message);
          },
          gone: (error) => {
            if (this.#state === 'up') {
              this.#interrupted(error);
            } else {
              reject(error);
            }
          },
        },
      );
    });
    this.#renewal.keepFresh(expiresOnTimestamp);
  }

  #greeted(welcome: Welcome): void {
    const isNew = this.#welcome === undefined;
    if (!isNew && !welcome.resumed) {
      this.#over(lostForTooLong());
      return;
    }
    // A resumed session goes by the name it has.
    const resumeToken = welcome.resumeToken || (this.#welcome?.resumeToken ?? '');
    this.#welcome = { ...welcome, resumeToken };
    this.#state = 'up';
    this.#heartbeat.start(welcome.pingIntervalMs);
    for (const [requestId, body] of this.#pending.resume()) {
      this.#write(requestId, body);
    }
    if (!isNew) {
      this.emit('resumed');
    }
  }

  #interrupted(error: CommunicationServicesError): void {
    this.#heartbeat.stop();
    if (isFinal(error) || this.#welcome?.resumeToken === '') {
      this.#over(error);
      return;
    }
    this.#state = 'interrupted';
    this.#pending.pause();
    this.emit('interrupted');
    void this.#reconnect();
  }

  /** Tries until there is a socket again, the server says that the session is over, or the time is. */
  async #reconnect(): Promise<void> {
    const deadline = Date.now() + (this.timeouts?.reconnectMs ?? RECONNECT_MS);
    for (let attempt = 0; this.#state === 'interrupted'; attempt++) {
      await this.#retry.for(retryDelay(attempt));
      if (Date.now() >= deadline) {
        this.#over(lostForTooLong());
        return;
      }
      try {
        await this.#connectAgain();
      } catch (error) {
        if (error instanceof CommunicationServicesError && isFinal(error)) {
          this.#over(isRefusal(error) ? error : lostForTooLong());
        }
      }
    }
  }

  async #connectAgain(): Promise<void> {
    if (this.#state === 'interrupted') {
      await this.#connect();
    }
  }

  #receive(message: ServerMessage): void {
    this.#heartbeat.heard();
    const { body, inReplyTo, sequence } = message;
    if (this.#state !== 'up' || (sequence !== 0n && sequence <= this.#lastSequence)) {
      return; // sent again, because the server didn't know that it had arrived
    }
    if (sequence !== 0n) {
      this.#lastSequence = sequence;
    }
    // Without a body: a message of a newer protocol.
    if (body.case !== undefined && inReplyTo !== 0n) {
      this.#pending.settle(inReplyTo, body);
    } else if (body.case !== undefined) {
      this.emit('received', body);
    }
    if (this.#lastSequence - this.#acknowledged >= ACKNOWLEDGE_AFTER) {
      this.#ping();
    }
  }

  #ping(): void {
    this.tell({ case: 'ping', value: create(PingSchema) });
  }

  #write(requestId: bigint, body: Request): void {
    if (this.#state === 'up') {
      this.#heartbeat.wrote();
      this.#acknowledged = this.#lastSequence;
      const acknowledged = this.#lastSequence;
      this.#socket?.send(create(ClientMessageSchema, { requestId, body, acknowledged }));
    }
  }

  #over(error: CommunicationServicesError): void {
    if (this.#finish(error)) {
      this.#socket?.close();
      this.emit('lost', error);
    }
  }

  #finish(error: CommunicationServicesError): boolean {
    if (this.#state === 'closed') {
      return false;
    }
    this.#state = 'closed';
    this.#heartbeat.close();
    this.#renewal.stop();
    this.#retry.skip();
    this.#pending.rejectAll(error);
    return true;
  }
}
