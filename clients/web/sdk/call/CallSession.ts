import type { Call, CallDirection, CallEndReason, RemoteParticipant } from '../api';
import type { CommunicationServicesError } from '../errors';
import { mediaFailed, wrongState } from '../errors';
import { Emitter } from '../events';
import type {
  CallState as ProtocolCallState,
  Joined,
  Participant,
  SelfChanged,
  Timeouts,
  TrackEnded,
  TrackKind,
  TransferOffer,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import { ParticipantSchema } from '../generated/vaxel/signaling/v1/signaling_pb';
import { create } from '@bufbuild/protobuf';
import type { CommunicationIdentifierKind } from '../identifiers';
import { identifierFromRawId, rawIdOf } from '../identifiers';
import type { VideoLimits } from '../media/VideoLimits';
import type { Request, ServerBody, SignalingConnection } from '../signaling/SignalingConnection';
import type { CallEntry } from './CallEntry';
import type { CallInternals, CallInternalsEvents } from './CallInternals';
import { CallMedia } from './CallMedia';
import { CallSignaling } from './CallSignaling';
import type { CallTransfers } from './CallTransfers';
import type { LocalMedia } from './LocalMedia';
import { RemoteParticipants } from './RemoteParticipants';
import type { RosterEntry } from './Roster';
import { Roster } from './Roster';

/** What a session tells its call, beside what it tells features. */
export interface SessionEvents extends CallInternalsEvents {
  participantsUpdated: (update: {
    added: RemoteParticipant[];
    removed: RemoteParticipant[];
  }) => void;
  /** The microphones that arrive, by track id. */
  audioTracksChanged: (tracks: ReadonlyMap<string, MediaStreamTrack>) => void;
  /** Something of this client changed, by somebody else. */
  selfChanged: (change: SelfChanged) => void;
  /** The server took off a track of this client. */
  trackEnded: (kind: TrackKind, reason: TrackEnded['reason']) => void;
  /** The server, the network or the media ended it. */
  ended: (reason: CallEndReason, message: string) => void;
}

const CHECK_INTERVAL_MS = 1_000;

/** How long a goodbye may take before the call ends without it. */
const LEAVE_TIMEOUT_MS = 3_000;

/**
 * One participation in a call: the signalling connection, the two media connections and the roster, tied together. It is there
 * before it has a connection, so that features can be made at once.
 */
export class CallSession extends Emitter<SessionEvents> implements CallInternals {
  readonly participants: RemoteParticipants;
  readonly #local: LocalMedia;
  readonly #limits: VideoLimits;
  readonly #transfers: CallTransfers;
  #connection: SignalingConnection | undefined;
  #signaling: CallSignaling | undefined;
  #media: CallMedia | undefined;
  #checks: ReturnType<typeof setInterval> | undefined;
  #goodbye: Promise<void> | undefined;
  #callState: ProtocolCallState | undefined;
  #capabilities: ReadonlySet<string> = new Set();
  #self: Participant | undefined;
  /** Whether the server may have this client in the call. */
  #entered = false;
  #closed = false;
  readonly #received = (body: ServerBody): void => {
    this.#take(body);
    this.emit('serverMessage', body);
  };
  readonly #interrupted = (): void => {
    this.emit('signalingLost');
  };
  readonly #resumed = (): void => {
    this.#media?.signalingBack();
    this.emit('signalingBack');
  };
  readonly #lost = (error: CommunicationServicesError): void => {
    this.#entered = false;
    this.#end(error);
  };

  constructor(local: LocalMedia, limits: VideoLimits, transfers: CallTransfers) {
    super();
    this.#local = local;
    this.#limits = limits;
    this.#transfers = transfers;
    this.participants = new RemoteParticipants((ids) => this.signaling.muteOthers(ids));
    this.participants.on('updated', (update) => {
      this.emit('participantsUpdated', update);
    });
  }

  /** @throws CommunicationServicesError 409 before the call has a connection and once it is over */
  get signaling(): CallSignaling {
    if (this.#signaling === undefined || this.#closed) {
      throw wrongState('The call is not connected');
    }
    return this.#signaling;
  }

  get callState(): ProtocolCallState | undefined {
    return this.#callState;
  }

  get capabilities(): ReadonlySet<string> {
    return this.#capabilities;
  }

  get self(): Participant | undefined {
    return this.#self;
  }

  get userId(): string {
    return this.#connection?.userId ?? '';
  }

  get timeouts(): Timeouts | undefined {
    return this.#connection?.timeouts;
  }

  get roster(): readonly RosterEntry[] {
    return this.participants.entries;
  }

  get publishConnection(): RTCPeerConnection | undefined {
    return this.#media?.publish.peer;
  }

  get subscribeConnection(): RTCPeerConnection | undefined {
    return this.#media?.subscribe.peer;
  }

  get isSignalingLost(): boolean {
    return this.#connection?.isInterrupted ?? false;
  }

  async request(body: Request): Promise<ServerBody> {
    if (this.#connection === undefined || this.#self === undefined || this.#closed) {
      throw wrongState('The call is not connected');
    }
    return this.#connection.ask(body);
  }

  participantByUser(identifier: CommunicationIdentifierKind): RemoteParticipant | undefined {
    return this.participants.byUser(rawIdOf(identifier));
  }

  participantIdsOf(identifier: CommunicationIdentifierKind): string[] {
    const rawId = rawIdOf(identifier);
    const own = this.#self !== undefined && rawId === this.userId ? [this.#self.participantId] : [];
    const others = this.roster.filter(({ userId }) => userId === rawId);
    return [...own, ...others.map(({ participantId }) => participantId)];
  }

  identifierOf(participantId: string): CommunicationIdentifierKind | undefined {
    const userId =
      participantId === this.#self?.participantId
        ? this.userId
        : this.roster.find((entry) => entry.participantId === participantId)?.userId;
    return userId === undefined ? undefined : identifierFromRawId(userId);
  }

  publishedKind(mid: string): TrackKind | undefined {
    return this.#media?.publish.kindOfMid(mid);
  }

  receivedTrackId(mid: string): string | undefined {
    return this.#media?.subscribe.trackIdOf(mid);
  }

  onTransferOffer(listener: (offer: TransferOffer) => void): void {
    this.#transfers.onOffer(listener);
  }

  acceptTransfer(offer: TransferOffer): Call {
    return this.#transfers.accept(offer);
  }

  /** Takes a connection on which no call is, and gets into the call. */
  async enter(connection: SignalingConnection, entry: CallEntry): Promise<Joined> {
    this.#connection = connection;
    const signaling = new CallSignaling(connection);
    this.#signaling = signaling;
    connection.on('received', this.#received);
    connection.on('interrupted', this.#interrupted);
    connection.on('resumed', this.#resumed);
    connection.on('lost', this.#lost);
    this.#openMedia(signaling, connection.timeouts);
    this.#entered = true;
    const joined = await signaling.enter(entry);
    if (!this.#closed) {
      this.#joined(joined);
    }
    return joined;
  }

  /** Sends what is open, and waits until it can flow. @throws CommunicationServicesError 408 when it can't in time */
  async sendMedia(direction: CallDirection): Promise<void> {
    await this.#media?.send(this.#local, direction, this.timeouts);
  }

  /** The limits of outgoing video are others now. */
  async applyLimits(): Promise<void> {
    await this.#media?.publish.applyLimits();
  }

  /** Says goodbye, and waits for the answer a little; while the socket is lost the goodbye follows when there is one again. */
  async leave(forEveryone: boolean): Promise<void> {
    const goodbye = this.#sayGoodbye(forEveryone);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LEAVE_TIMEOUT_MS);
    });
    await Promise.race([goodbye, late]).finally(() => {
      clearTimeout(timer);
    });
  }

  /**
   * Ends everything but the signalling connection; leaves first if need be. Resolves when the connection can serve another call.
   *
   * @throws CommunicationServicesError when the server did not let this client go, and the connection is of no use any more
   */
  async close(): Promise<void> {
    if (this.#closed) {
      return;
    }
    const goodbye = this.#entered ? this.#sayGoodbye(false) : undefined;
    this.#closed = true;
    clearInterval(this.#checks);
    this.#media?.close();
    this.#media = undefined;
    this.participants.end();
    const connection = this.#connection;
    connection?.off('received', this.#received);
    connection?.off('interrupted', this.#interrupted);
    connection?.off('resumed', this.#resumed);
    connection?.off('lost', this.#lost);
    this.emit('connectionsChanged');
    this.emit('rosterUpdated');
    await goodbye;
  }

  #sayGoodbye(forEveryone: boolean): Promise<void> {
    this.#goodbye ??= this.#signaling?.leave(forEveryone) ?? Promise.resolve();
    return this.#goodbye;
  }

  #openMedia(signaling: CallSignaling, timeouts: Timeouts | undefined): void {
    const media = new CallMedia(
      signaling,
      {
        tracksChanged: () => {
          this.participants.tracksChanged();
          this.#updateAudio();
        },
        connectionsChanged: () => {
          this.emit('connectionsChanged');
        },
        stateChanged: (change) => {
          this.emit('mediaStateChanged', change);
        },
        failed: (message) => {
          this.#end(mediaFailed(message));
        },
      },
      this.#limits,
      timeouts,
    );
    this.#media = media;
    this.participants.connect(media.subscribe);
    this.#checks = setInterval(() => {
      this.participants.check().catch(() => undefined); // a receiver that closed under the look
    }, CHECK_INTERVAL_MS);
    this.emit('connectionsChanged');
  }

  #joined(joined: Joined): void {
    const { participantId, role, state, callState } = joined;
    const self = { participantId, userId: this.userId, role, state };
    this.#self = create(ParticipantSchema, self);
    this.#callState = callState;
    this.#capabilities = new Set(joined.capabilities);
    this.participants.begin(new Roster(participantId, joined.participants));
    this.#updateAudio();
    this.emit('selfUpdated');
    this.emit('callStateUpdated');
    this.emit('capabilitiesUpdated');
    this.emit('rosterUpdated');
  }

  #take(body: ServerBody): void {
    switch (body.case) {
      case 'rosterDelta':
        this.participants.apply(body.value);
        this.#updateAudio();
        this.emit('rosterUpdated');
        break;
      case 'callState':
        this.#callState = body.value;
        this.emit('callStateUpdated');
        break;
      case 'selfChanged':
        this.#takeSelf(body.value);
        break;
      case 'roleChanged':
        if (this.#self !== undefined) {
          this.#self = { ...this.#self, role: body.value.role };
          this.emit('selfUpdated');
        }
        break;
      case 'activeSpeakers':
        this.emit('speakersChanged', this.participants.setSpeakers(body.value.participantIds));
        break;
      case 'subscribeOffer':
        this.#media?.offered(body.value);
        break;
      case 'mediaState':
        this.#media?.stateKnown(body.value);
        break;
      case 'modalityFailed':
        // What can't be stopped ends with the call.
        this.#media?.modalityFailed(body.value, this.#local).catch(() => undefined);
        this.emit('modalityFailed', body.value);
        break;
      case 'trackEnded': {
        const kind = this.#media?.publish.kindOfTrack(body.value.trackId);
        if (kind !== undefined) {
          this.emit('trackEnded', kind, body.value.reason);
        }
        break;
      }
      case 'transferOffer':
        this.#transfers.offered(body.value);
        break;
      case 'callEnded':
        this.#entered = false;
        this.emit(
          'ended',
          { code: body.value.code, subCode: body.value.subCode },
          body.value.message,
        );
        break;
      default:
        break; // of a feature, of a newer protocol, or nothing that a call must act on
    }
  }

  #takeSelf(change: SelfChanged): void {
    this.#self = change.participant ?? this.#self;
    this.#capabilities = new Set(change.capabilities);
    this.emit('selfUpdated');
    this.emit('capabilitiesUpdated');
    this.emit('selfChanged', change);
  }

  #updateAudio(): void {
    this.emit('audioTracksChanged', this.participants.audioTracks());
  }

  #end(error: CommunicationServicesError): void {
    if (!this.#closed) {
      this.emit('ended', { code: error.code, subCode: error.subCode }, error.message);
    }
  }
}
