import type { CallAgentConnectionState } from '../api';
import { CommunicationServicesError } from '../errors';
import { Emitter } from '../events';
import { isRefusal } from '../signaling/errors';
import { retryDelay, Wait } from '../signaling/retry';
import type { ServerBody, SignalingConnection } from '../signaling/SignalingConnection';

export interface AgentConnectionsEvents {
  /** The main connection has it of the server. */
  received: (body: ServerBody) => void;
  stateChanged: (args: {
    oldValue: CallAgentConnectionState;
    newValue: CallAgentConnectionState;
    /** What it was lost of. */
    cause: CommunicationServicesError | undefined;
  }) => void;
  /** The main session is over; what rang on it rings no more. */
  sessionOver: () => void;
}

/** Connects and greets with a fresh token; the main connection receives calls. @throws CommunicationServicesError */
export type Connect = (receivesCalls: boolean) => Promise<SignalingConnection>;

/**
 * The connections of an agent. The main one rings, and may carry one call; further calls at the same time get connections of their
 * own. When the main session is over the agent signs in anew by itself, unless its token is refused: then the next call tries.
 */
export class AgentConnections extends Emitter<AgentConnectionsEvents> {
  readonly #connect: Connect;
  readonly #retry = new Wait();
  readonly #online = (): void => {
    this.#retry.skip();
  };
  readonly #pageHidden = (): void => {
    // Or this device would ring on for as long as the server waits for a lost one.
    this.#main?.close();
  };
  readonly #pageShown = (): void => {
    if (this.#main?.isClosed === true) {
      this.#lose(undefined);
    }
  };
  #main: SignalingConnection | undefined;
  #mainIsBusy = false;
  #signingIn: Promise<SignalingConnection> | undefined;
  #state: CallAgentConnectionState = 'Connected';
  #closed = false;

  constructor(connect: Connect, main: SignalingConnection) {
    super();
    this.#connect = connect;
    this.#use(main);
    window.addEventListener('online', this.#online);
    window.addEventListener('pagehide', this.#pageHidden);
    window.addEventListener('pageshow', this.#pageShown);
  }

  get state(): CallAgentConnectionState {
    return this.#state;
  }

  /** That rings; undefined while it is lost for good. */
  get main(): SignalingConnection | undefined {
    return this.#main;
  }

  /** A connection on which no call is. @throws CommunicationServicesError when there can't be one */
  async take(): Promise<SignalingConnection> {
    if (this.#main === undefined && !this.#closed) {
      await this.#signIn();
    }
    if (this.#main !== undefined && !this.#mainIsBusy && !this.#main.isInterrupted) {
      this.#mainIsBusy = true;
      return this.#main;
    }
    return this.#connect(false);
  }

  /** A call needs it no more. */
  giveBack(connection: SignalingConnection): void {
    if (connection === this.#main) {
      this.#mainIsBusy = false;
      if (connection.isClosed && !this.#closed) {
        this.#lose(undefined);
      }
    } else {
      connection.close();
    }
  }

  close(): void {
    this.#closed = true;
    window.removeEventListener('online', this.#online);
    window.removeEventListener('pagehide', this.#pageHidden);
    window.removeEventListener('pageshow', this.#pageShown);
    this.#retry.skip();
    this.#main?.close();
    this.#main = undefined;
    this.#setState('Disconnected', undefined);
  }

  #use(main: SignalingConnection): void {
    this.#main = main;
    this.#mainIsBusy = false;
    main.on('received', (body) => {
      this.emit('received', body);
    });
    main.on('interrupted', () => {
      this.#setState('Disconnected', undefined);
    });
    main.on('resumed', () => {
      this.#setState('Connected', undefined);
    });
    main.on('lost', (error) => {
      if (main === this.#main) {
        this.#lose(error);
      }
    });
  }

  #lose(error: CommunicationServicesError | undefined): void {
    this.#main = undefined;
    this.emit('sessionOver');
    this.#setState('Disconnected', error);
    if (!isRefusal(error)) {
      void this.#signInAgain();
    }
  }

  /** One attempt at a time, whoever asks. */
  #signIn(): Promise<SignalingConnection> {
    this.#signingIn ??= this.#connect(true)
      .then((main) => {
        if (this.#closed) {
          main.close();
        } else {
          this.#use(main);
          this.#setState('Connected', undefined);
        }
        return main;
      })
      .catch((error: unknown) => {
        const cause = error instanceof CommunicationServicesError ? error : undefined;
        this.#setState('Disconnected', cause);
        throw error;
      })
      .finally(() => {
        this.#signingIn = undefined;
      });
    return this.#signingIn;
  }

  /** Goes on until it succeeds, the token is refused or the agent is disposed; at most every eight seconds. */
  async #signInAgain(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      await this.#retry.for(retryDelay(attempt));
      if (this.#closed || this.#main !== undefined) {
        return;
      }
      try {
        await this.#signIn();
      } catch (error) {
        if (isRefusal(error)) {
          return;
        }
      }
    }
  }

  #setState(
    newValue: CallAgentConnectionState,
    cause: CommunicationServicesError | undefined,
  ): void {
    const oldValue = this.#state;
    if (oldValue !== newValue) {
      this.#state = newValue;
      this.emit('stateChanged', { oldValue, newValue, cause });
    }
  }
}
