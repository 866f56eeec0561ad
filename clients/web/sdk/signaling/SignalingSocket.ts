import type { MessageInitShape } from '@bufbuild/protobuf';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';

import { CommunicationServicesError } from '../errors';
import type {
  ClientMessage,
  HelloSchema,
  ServerMessage,
  Welcome,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  ClientMessageSchema,
  ServerMessageSchema,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import { connectionLost, unreachable } from './errors';

/** Negotiated when the WebSocket opens; names the protocol's version. */
export const SUBPROTOCOL = 'vaxel.signaling.v1';

/** Ends the session at the server, too. */
const FOR_GOOD = 1000;

/** Leaves the session waiting at the server for its next socket. */
const FOR_NOW = 4000;

/** How long opening the socket and the greeting may take together. */
const OPEN_TIMEOUT_MS = 15_000;

export interface SocketListener {
  /** The server has answered the greeting. */
  greeted(welcome: Welcome): void;
  /** Anything that follows the greeting. */
  received(message: ServerMessage): void;
  /** The socket is closed, or was never open. Called once, unless `close()` was. */
  gone(error: CommunicationServicesError): void;
}

/** What the socket says first. */
export interface Greeting {
  requestId: bigint;
  hello: MessageInitShape<typeof HelloSchema>;
}

/** One WebSocket of the calling protocol: opened, greeted, and closed once and for all. */
export class SignalingSocket {
  readonly #socket: WebSocket;
  readonly #url: string;
  readonly #listener: SocketListener;
  readonly #openTimer: ReturnType<typeof setTimeout>;
  #greetingId: bigint | undefined;
  #wasOpen = false;
  /** An error the server gave without being asked: the reason of the close that follows. */
  #parting: CommunicationServicesError | undefined;
  #closed = false;

  constructor(url: string, greeting: Greeting, listener: SocketListener) {
    this.#url = url;
    this.#listener = listener;
    this.#greetingId = greeting.requestId;
    this.#socket = new WebSocket(url, SUBPROTOCOL);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('open', () => {
      this.#wasOpen = true;
      const { requestId, hello } = greeting;
      this.#write(
        create(ClientMessageSchema, { requestId, body: { case: 'hello', value: hello } }),
      );
    });
    this.#socket.addEventListener('message', (event) => {
      this.#receive(event.data);
    });
    this.#socket.addEventListener('close', (event) => {
      this.#end(this.#parting ?? this.#whyClosed(event.reason));
    });
    this.#openTimer = setTimeout(() => {
      this.drop(this.#whyClosed('no greeting in time'));
    }, OPEN_TIMEOUT_MS);
  }

  send(message: ClientMessage): void {
    this.#write(message);
  }

  /** Gives the socket up and tells the listener; the browser may take minutes to notice by itself. */
  drop(error: CommunicationServicesError): void {
    this.#end(error);
    this.#socket.close(FOR_NOW);
  }

  /** Closes without a word to the listener, and the session with it. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#openTimer);
    this.#socket.close(FOR_GOOD);
  }

  #write(message: ClientMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(toBinary(ClientMessageSchema, message));
    }
  }

  #receive(data: unknown): void {
    if (this.#closed || !(data instanceof ArrayBuffer)) {
      return;
    }
    let message: ServerMessage;
    try {
      message = fromBinary(ServerMessageSchema, new Uint8Array(data));
    } catch {
      // A server that speaks something else can't be talked to.
      this.drop(connectionLost('the server sent a malformed message'));
      return;
    }
    const { body, inReplyTo } = message;
    if (this.#greetingId !== undefined && inReplyTo === this.#greetingId) {
      this.#greeted(body);
    } else if (inReplyTo === 0n && body.case === 'error') {
      this.#parting = new CommunicationServicesError(body.value);
    } else if (this.#greetingId === undefined) {
      this.#listener.received(message);
    }
  }

  #greeted(body: ServerMessage['body']): void {
    this.#greetingId = undefined;
    clearTimeout(this.#openTimer);
    if (body.case === 'welcome') {
      this.#listener.greeted(body.value);
    } else if (body.case === 'error') {
      this.drop(new CommunicationServicesError(body.value));
    } else {
      this.drop(connectionLost('the server did not return the greeting'));
    }
  }

  #whyClosed(reason: string): CommunicationServicesError {
    return this.#wasOpen ? connectionLost(reason) : unreachable(this.#url);
  }

  #end(error: CommunicationServicesError): void {
    clearTimeout(this.#openTimer);
    if (!this.#closed) {
      this.#closed = true;
      this.#listener.gone(error);
    }
  }
}
