import type {
  Call,
  CallAgent,
  CallAgentConnectionState,
  CallAgentEvents,
  CallerInfo,
  CallingLogger,
  GroupCallLocator,
  JoinCallOptions,
  RoomCallLocator,
  StartCallOptions,
  TeamsMeetingLocator,
} from '../api';
import type { CallEntry } from '../call/CallEntry';
import { alternateCallerIdOf, callerInfoOf } from '../call/CallEntry';
import type { CallOrigin } from '../call/CallImpl';
import { CallImpl } from '../call/CallImpl';
import type { DeviceManagerImpl } from '../devices/DeviceManagerImpl';
import { invalidArgument, notSupported, wrongState } from '../errors';
import { Emitter } from '../events';
import type { TransferOffer } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifier } from '../identifiers';
import { identifierFromRawId, rawIdOf } from '../identifiers';
import type { SignalingConnection } from '../signaling/SignalingConnection';
import type { Connect } from './AgentConnections';
import { AgentConnections } from './AgentConnections';
import type { IncomingCallImpl } from './IncomingCallImpl';
import { IncomingCalls } from './IncomingCalls';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How many people one call may be placed to. */
const MAX_TARGETS = 50;

/** What an agent needs of its client. */
export interface AgentContext {
  displayName: string | undefined;
  devices: DeviceManagerImpl;
  logger: CallingLogger | undefined;
  connect: Connect;
  disposed(): void;
}

/** One user's calls: those it places, those it joins and those that ring for it. */
export class CallAgentImpl extends Emitter<CallAgentEvents> implements CallAgent {
  readonly kind = 'CallAgent';
  readonly displayName: string | undefined;
  readonly #context: AgentContext;
  readonly #connections: AgentConnections;
  readonly #incoming: IncomingCalls;
  readonly #calls = new Set<CallImpl>();
  readonly #userId: string;
  #disposed = false;

  constructor(context: AgentContext, connection: SignalingConnection) {
    super();
    this.#context = context;
    this.displayName = context.displayName;
    this.#userId = connection.userId;
    this.#connections = new AgentConnections(context.connect, connection);
    this.#connections.on('stateChanged', ({ oldValue, newValue, cause }) => {
      const reason = cause?.code === 401 ? ('invalidToken' as const) : ('connectionIssue' as const);
      const why = newValue === 'Connected' ? {} : { reason };
      this.emit('connectionStateChanged', { oldValue, newValue, ...why });
    });
    this.#incoming = new IncomingCalls(
      this.#connections,
      {
        rings: (incomingCall) => {
          this.emit('incomingCall', { incomingCall });
          return this.hasListeners('incomingCall');
        },
        handled: (callId, outcome) => {
          this.emit('handleIncomingCall', { callId, participantId: '', ...outcome });
        },
        accept: (incoming, options) => this.#accept(incoming, options),
      },
      context.logger,
    );
  }

  get connectionState(): CallAgentConnectionState {
    return this.#connections.state;
  }

  get calls(): readonly Call[] {
    return [...this.#calls];
  }

  startCall(participants: CommunicationIdentifier[], options: StartCallOptions = {}): Call {
    const targets = [...new Set(participants.map((participant) => rawIdOf(participant)))];
    if (targets.length === 0 || targets.length > MAX_TARGETS) {
      throw invalidArgument(`A call is placed to 1 to ${String(MAX_TARGETS)} participants`);
    }
    const { customContext } = options;
    const alternateCallerId = alternateCallerIdOf(options);
    const entry = { kind: 'place', targets, alternateCallerId, customContext, transferId: '' };
    return this.#begin(entry as CallEntry, this.#outgoing(), options);
  }

  join(
    locator: GroupCallLocator | RoomCallLocator | TeamsMeetingLocator,
    options: JoinCallOptions = {},
  ): Call {
    if ('roomId' in locator) {
      if (locator.roomId === '') {
        throw invalidArgument('roomId must not be empty');
      }
    } else if (!('groupId' in locator)) {
      throw notSupported('Meetings of Microsoft Teams');
    } else if (!UUID.test(locator.groupId)) {
      throw invalidArgument('groupId must be a UUID');
    }
    return this.#begin({ kind: 'join', locator }, this.#outgoing(), options);
  }

  async dispose(): Promise<void> {
    if (this.#disposed) {
      return;
    }
    this.#disposed = true;
    await Promise.all([...this.#calls].map((call) => call.hangUp()));
    this.#connections.close();
    this.#incoming.endAll();
    this.#context.disposed();
  }

  async #accept(incoming: IncomingCallImpl, options: JoinCallOptions): Promise<Call> {
    const { callerInfo, transferorInfo } = incoming;
    const origin = { direction: 'Incoming', callerInfo, transferorInfo } as const;
    const call = this.#begin({ kind: 'answer', callId: incoming.id }, origin, options);
    await call.whenEntered();
    return call;
  }

  /** Another call takes the place of one, with what is sent in it. */
  #transfer(offer: TransferOffer, from: Call): Call {
    const transferorInfo = offer.transferor && callerInfoOf(offer.transferor);
    const { transferId } = offer;
    const entry: CallEntry =
      offer.target.case === 'targetUser'
        ? {
            kind: 'place',
            targets: [offer.target.value],
            alternateCallerId: '',
            customContext: undefined,
            transferId,
          }
        : { kind: 'replace', transferId };
    const camera = from.localVideoStreams.filter((stream) => stream.mediaStreamType === 'Video');
    const options = {
      audioOptions: { muted: from.isMuted },
      videoOptions: { localVideoStreams: camera },
    };
    return this.#begin(entry, { ...this.#outgoing(), transferorInfo }, options);
  }

  #outgoing(): CallOrigin {
    const identifier = identifierFromRawId(this.#userId);
    const name = this.displayName === undefined ? {} : { displayName: this.displayName };
    const callerInfo: CallerInfo = { identifier, ...name };
    return { direction: 'Outgoing', callerInfo };
  }

  #begin(entry: CallEntry, origin: CallOrigin, options: JoinCallOptions): CallImpl {
    if (this.#disposed) {
      throw wrongState('The agent was disposed');
    }
    if ((options.videoOptions?.localVideoStreams?.length ?? 0) > 1) {
      throw invalidArgument('At most one local video stream can be sent');
    }
    if ((options.audioOptions?.localAudioStreams?.length ?? 0) > 1) {
      throw invalidArgument('At most one local audio stream can be sent');
    }
    const call: CallImpl = new CallImpl(
      {
        devices: this.#context.devices,
        logger: this.#context.logger,
        openConnection: () => this.#connections.take(),
        giveBack: (connection) => {
          this.#connections.giveBack(connection);
        },
        transfer: (offer) => this.#transfer(offer, call),
        began: () => {
          this.emit('callsUpdated', { added: [call], removed: [] });
        },
        ended: () => {
          this.#calls.delete(call);
          this.emit('callsUpdated', { added: [], removed: [call] });
        },
      },
      entry,
      origin,
      options,
    );
    this.#calls.add(call);
    return call;
  }
}
