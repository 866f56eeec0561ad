import type {
  CallDirection,
  CallEndReason,
  CallEvents,
  CallingLogger,
  JoinCallOptions,
  ParticipantRole,
  Call,
} from '../api';
import type { DeviceManagerImpl } from '../devices/DeviceManagerImpl';
import { CommunicationServicesError, ErrorSubCode, wrongState } from '../errors';
import type { Emitter } from '../events';
import type { TrackKind, TransferOffer } from '../generated/vaxel/signaling/v1/signaling_pb';
import { IncomingAudio } from '../media/IncomingAudio';
import { VideoLimits } from '../media/VideoLimits';
import type { SignalingConnection } from '../signaling/SignalingConnection';
import { CallDevices } from './CallDevices';
import type { CallEntry } from './CallEntry';
import { CallInfoImpl } from './CallInfoImpl';
import { CallProgress } from './CallProgress';
import { CallSession } from './CallSession';
import { CallTransfers } from './CallTransfers';
import { LocalMedia } from './LocalMedia';
import { forwardLocalEvents } from './localStreams';
import { maySend, roleOf, SENDABLE } from './roles';
import { ENDED_FOR_EVERYONE, HUNG_UP, NO_ANSWER } from './states';

/** What a call needs of its agent. */
export interface CallContext {
  devices: DeviceManagerImpl;
  logger: CallingLogger | undefined;
  /** A greeted connection that takes part in no call. */
  openConnection(): Promise<SignalingConnection>;
  /** The call needs the connection no more, which can serve another call. */
  giveBack(connection: SignalingConnection): void;
  /** The other one transfers the call: begins the one that takes its place. */
  transfer(offer: TransferOffer): Call;
  /** The call is about to begin. */
  began(): void;
  /** The call is over. */
  ended(): void;
}

/** The life of a call, from its first request to its end: what it holds, and what becomes of it by itself. */
export class CallLife {
  readonly info: CallInfoImpl;
  readonly local: LocalMedia;
  readonly limits = new VideoLimits();
  readonly audio = new IncomingAudio();
  readonly session: CallSession;
  readonly progress: CallProgress;
  readonly #context: CallContext;
  readonly #call: Emitter<CallEvents>;
  readonly #over: () => void;
  readonly #entry: CallEntry;
  readonly #direction: CallDirection;
  readonly #devices: CallDevices;
  readonly #pageHidden = (): void => {
    this.#finish(HUNG_UP);
  };
  #connection: SignalingConnection | undefined;
  #id: string = crypto.randomUUID();
  #role: ParticipantRole = 'Unknown';
  #roleTaken = Promise.resolve();
  #callEndReason: CallEndReason | undefined;

  /**
   * @param call where the events of the call are told
   * @param over the call is over, for the reason that there is now
   */
  constructor(
    context: CallContext,
    call: Emitter<CallEvents>,
    entry: CallEntry,
    direction: CallDirection,
    over: () => void,
  ) {
    this.#context = context;
    this.#call = call;
    this.#over = over;
    this.#entry = entry;
    this.#direction = direction;
    this.info = new CallInfoImpl(entry.kind === 'join' ? entry.locator : {});
    this.#devices = new CallDevices(context.devices, this.audio, context.logger);
    this.local = new LocalMedia(() => this.#devices.openMicrophone(), context.logger);
    const transfers = new CallTransfers((offer) => context.transfer(offer));
    this.session = new CallSession(this.local, this.limits, transfers);
    this.progress = new CallProgress(this.session, entry, {
      stateChanged: () => {
        this.#call.emit('stateChanged');
      },
      unanswered: () => {
        this.#finish(NO_ANSWER);
      },
    });
    this.#listen();
    window.addEventListener('pagehide', this.#pageHidden);
  }

  get id(): string {
    return this.#id;
  }

  get role(): ParticipantRole {
    return this.#role;
  }

  get callEndReason(): CallEndReason | undefined {
    return this.#callEndReason;
  }

  /** From None to Connected or what waits for others, or to Disconnected with the reason. */
  async connect(options: JoinCallOptions): Promise<void> {
    if (this.progress.isOver()) {
      throw wrongState('The call is over');
    }
    this.progress.entering();
    try {
      // The user may be asked for the microphone while the server is being reached; neither waits for the other.
      const prepared = this.local.prepare(options);
      const connection = await this.#context.openConnection();
      if (this.progress.isOver()) {
        this.#context.giveBack(connection);
        throw wrongState('The call is over');
      }
      this.#connection = connection;
      const joined = await this.session.enter(connection, this.#entry);
      if (this.progress.isOver()) {
        throw wrongState('The call is over');
      }
      this.#id = joined.callId;
      this.info.joined(joined.callId, joined.participantId, joined.groupId);
      this.#call.emit('idChanged');
      this.progress.joined(joined.state);
      void prepared.then(() => this.#sendMedia());
    } catch (error) {
      if (!this.progress.isOver()) {
        this.#context.logger?.warning('The call could not be joined', error);
        this.#finish(reasonOf(error));
      }
      throw error;
    }
  }

  /** Says goodbye, and ends the call. */
  async leave(forEveryone: boolean): Promise<void> {
    if (this.progress.isOver()) {
      return;
    }
    this.progress.leaving();
    try {
      await this.session.leave(forEveryone);
    } catch (error) {
      // The server notices by itself when the connection closes.
      this.#context.logger?.info('Left without an answer', error);
    }
    this.#finish(forEveryone ? ENDED_FOR_EVERYONE : HUNG_UP);
  }

  /** Sends once the server lets this client, which it doesn't in the lobby. */
  async #sendMedia(): Promise<void> {
    try {
      await this.progress.admitted();
      await this.#roleTaken; // or what it does not allow would be sent
      if (!this.progress.isOver()) {
        await this.session.sendMedia(this.#direction);
        this.#ready();
      }
    } catch (error) {
      if (!this.progress.isOver()) {
        this.#context.logger?.warning('No media can be sent', error);
        this.#finish(reasonOf(error));
      }
    }
  }

  #ready(): void {
    if (!this.progress.isOver()) {
      this.progress.ready();
      this.#call.emit('remoteAudioStreamsUpdated', { added: [this.audio.stream], removed: [] });
    }
  }

  #listen(): void {
    forwardLocalEvents(this.local, this.#call);
    this.audio.on('blockedChanged', () => {
      this.#call.emit('isIncomingAudioBlockedChanged');
    });
    const session = this.session;
    session.on('participantsUpdated', (update) => {
      this.#call.emit('remoteParticipantsUpdated', update);
    });
    session.on('audioTracksChanged', (tracks) => {
      this.audio.setTracks(tracks);
    });
    session.on('selfUpdated', () => {
      this.#roleTaken = this.#takeRole(roleOf(session.self?.role));
    });
    session.on('selfChanged', ({ mutedBy }) => {
      if (mutedBy !== '') {
        void this.#mutedByOthers();
      }
    });
    session.on('trackEnded', (kind) => {
      void this.#stop(kind);
    });
    session.on('ended', (reason, message) => {
      this.#context.logger?.info('The call has ended', reason, message);
      this.#finish(reason);
    });
  }

  /** Ends the call here; the server has been told, or can't be. */
  #finish(reason: CallEndReason): void {
    if (this.#callEndReason !== undefined) {
      return;
    }
    const remoteAudio = this.progress.isReady ? [this.audio.stream] : [];
    this.#callEndReason = reason;
    window.removeEventListener('pagehide', this.#pageHidden);
    this.#devices.close();
    this.local.close();
    const closed = this.session.close();
    this.audio.close();
    this.info.ended(wrongState('The call ended before it was joined'));
    this.progress.over();
    if (remoteAudio.length > 0) {
      this.#call.emit('remoteAudioStreamsUpdated', { added: [], removed: remoteAudio });
    }
    this.#over();
    void this.#giveBack(closed);
  }

  async #giveBack(closed: Promise<void>): Promise<void> {
    const connection = this.#connection;
    try {
      await closed;
    } catch {
      connection?.close(); // it hangs in a call that nobody is in
    }
    if (connection !== undefined) {
      this.#context.giveBack(connection);
    }
  }

  async #mutedByOthers(): Promise<void> {
    await this.local.mute().catch(() => undefined); // it is muted at the server already
    this.#call.emit('mutedByOthers');
  }

  /** Stops what the role does not allow; the server has taken it off already. */
  async #takeRole(role: ParticipantRole): Promise<void> {
    if (this.#role === role) {
      return;
    }
    this.#role = role;
    this.#call.emit('roleChanged');
    for (const kind of SENDABLE) {
      if (!maySend(role, kind)) {
        await this.#stop(kind);
      }
    }
  }

  async #stop(kind: TrackKind): Promise<void> {
    try {
      await this.local.stop(kind);
    } catch (error) {
      this.#context.logger?.warning('What the server ended could not be stopped', error);
    }
  }
}

function reasonOf(error: unknown): CallEndReason {
  return error instanceof CommunicationServicesError
    ? { code: error.code, subCode: error.subCode }
    : { code: 500, subCode: ErrorSubCode.MediaFailed };
}
