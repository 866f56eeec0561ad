import type {
  Call,
  CallAgent,
  CallAgentConnectionState,
  CallAgentEvents,
  CallingLogger,
  GroupCallLocator,
  RoomCallLocator,
  JoinCallOptions,
} from './api';
import { CallImpl } from './call/CallImpl';
import type { DeviceManagerImpl } from './devices/DeviceManagerImpl';
import { CommunicationServicesError, invalidArgument, wrongState } from './errors';
import { Emitter } from './events';
import { SignalingConnection } from './signaling/SignalingConnection';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an agent needs of its client. */
export interface AgentContext {
  displayName: string | undefined;
  devices: DeviceManagerImpl;
  logger: CallingLogger | undefined;
  /** Connects and greets with a fresh token. */
  connect(): Promise<SignalingConnection>;
  disposed(): void;
}

/**
 * One user's calls. It keeps one connection ready for the next call; a call that begins while another one goes on gets a
 * connection of its own.
 */
export class CallAgentImpl extends Emitter<CallAgentEvents> implements CallAgent {
  readonly kind = 'CallAgent';
  readonly displayName: string | undefined;
  readonly #context: AgentContext;
  readonly #calls = new Set<CallImpl>();
  #idle: SignalingConnection | undefined;
  #connectionState: CallAgentConnectionState = 'Connected';
  #disposed = false;

  constructor(context: AgentContext, connection: SignalingConnection) {
    super();
    this.#context = context;
    this.displayName = context.displayName;
    this.#keep(connection);
  }

  get connectionState(): CallAgentConnectionState {
    return this.#connectionState;
  }

  get calls(): readonly Call[] {
    return [...this.#calls];
  }

  join(locator: GroupCallLocator | RoomCallLocator, options: JoinCallOptions = {}): Call {
    if (this.#disposed) {
      throw wrongState('The agent was disposed');
    }
    if ('roomId' in locator) {
      if (locator.roomId === '') {
        throw invalidArgument('roomId must not be empty');
      }
    } else if (!UUID.test(locator.groupId)) {
      throw invalidArgument('groupId must be a UUID');
    }
    if ((options.videoOptions?.localVideoStreams?.length ?? 0) > 1) {
      throw invalidArgument('At most one local video stream can be sent');
    }
    if ((options.audioOptions?.localAudioStreams?.length ?? 0) > 1) {
      throw invalidArgument('At most one local audio stream can be sent');
    }
    const call = new CallImpl(
      {
        locator,
        devices: this.#context.devices,
        logger: this.#context.logger,
        openConnection: () => this.#openConnection(),
        giveBack: (connection) => {
          this.#giveBack(connection);
        },
        ended: (ended) => {
          this.#calls.delete(ended);
          this.emit('callsUpdated', { added: [], removed: [ended] });
        },
      },
      options,
    );
    this.#calls.add(call);
    queueMicrotask(() => {
      this.emit('callsUpdated', { added: [call], removed: [] });
    });
    return call;
  }

  async dispose(): Promise<void> {
    if (this.#disposed) {
      return;
    }
    this.#disposed = true;
    await Promise.all([...this.#calls].map((call) => call.hangUp()));
    this.#idle?.close();
    this.#idle = undefined;
    this.#setConnectionState('Disconnected');
    this.#context.disposed();
  }

  async #openConnection(): Promise<SignalingConnection> {
    const idle = this.#idle;
    if (idle !== undefined) {
      this.#idle = undefined;
      idle.listener = undefined;
      return idle;
    }
    try {
      const connection = await this.#context.connect();
      this.#setConnectionState('Connected');
      return connection;
    } catch (error) {
      this.#setConnectionState('Disconnected', error);
      throw error;
    }
  }

  #giveBack(connection: SignalingConnection): void {
    if (this.#disposed || this.#idle !== undefined) {
      connection.close();
    } else if (connection.isClosed) {
      this.#setConnectionState('Disconnected');
    } else {
      this.#keep(connection);
    }
  }

  #keep(connection: SignalingConnection): void {
    this.#idle = connection;
    connection.listener = {
      received: () => undefined,
      lost: (error) => {
        this.#idle = undefined;
        this.#setConnectionState('Disconnected', error);
      },
    };
  }

  #setConnectionState(newValue: CallAgentConnectionState, cause?: unknown): void {
    const oldValue = this.#connectionState;
    if (oldValue === newValue) {
      return;
    }
    this.#connectionState = newValue;
    const refused = cause instanceof CommunicationServicesError && cause.code === 401;
    this.emit('connectionStateChanged', {
      oldValue,
      newValue,
      ...(newValue === 'Connected'
        ? {}
        : { reason: refused ? ('invalidToken' as const) : ('connectionIssue' as const) }),
    });
  }
}
