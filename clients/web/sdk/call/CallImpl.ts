import type {
  AddPhoneNumberOptions,
  Call,
  CallAgent,
  CallConstraints,
  CallDirection,
  CallEndReason,
  CallerInfo,
  CallEvents,
  CallInfo,
  CallingLogger,
  CallState,
  DtmfTone,
  JoinCallOptions,
  ParticipantRole,
  RemoteAudioStream,
  RemoteParticipant,
} from '../api';
import type { DeviceManagerImpl } from '../devices/DeviceManagerImpl';
import type { LocalAudioStream } from '../devices/LocalAudioStream';
import { LocalVideoStream } from '../devices/LocalVideoStream';
import { CommunicationServicesError, ErrorSubCode, wrongState } from '../errors';
import { Emitter } from '../events';
import type { CallFeature, CallFeatureFactory } from '../features';
import type { TransferOffer } from '../generated/vaxel/signaling/v1/signaling_pb';
import { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifier } from '../identifiers';
import { rawIdOf } from '../identifiers';
import { CallKind } from '../kinds';
import { IncomingAudio } from '../media/IncomingAudio';
import { VideoLimits } from '../media/VideoLimits';
import type { SignalingConnection } from '../signaling/SignalingConnection';
import { CallDevices } from './CallDevices';
import type { CallEntry } from './CallEntry';
import { CallInfoImpl } from './CallInfoImpl';
import type { CallInternals, CallWithInternals } from './CallInternals';
import { INTERNALS } from './CallInternals';
import { CallPeople } from './CallPeople';
import { CallProgress } from './CallProgress';
import { CallSession } from './CallSession';
import { CallTransfers } from './CallTransfers';
import { LobbyImpl } from './LobbyImpl';
import { LocalMedia } from './LocalMedia';
import { forwardLocalEvents, localAudioOf, localVideosOf } from './localStreams';
import { maySend, requireMaySend, roleOf, SENDABLE } from './roles';
import { ENDED_FOR_EVERYONE, HUNG_UP, NO_ANSWER } from './states';
import { tonesOf } from './tones';

/** What a call needs of its agent. */
export interface CallContext {
  agent: CallAgent;
  devices: DeviceManagerImpl;
  logger: CallingLogger | undefined;
  /** A greeted connection that takes part in no call. */
  openConnection(): Promise<SignalingConnection>;
  /** The call needs the connection no more, which can serve another call. */
  giveBack(connection: SignalingConnection): void;
  /** The other one transfers this call: begins the one that takes its place. */
  transfer(offer: TransferOffer, from: Call): Call;
  /** The call is over. */
  ended(call: CallImpl): void;
}

/** Whose call it is. */
export interface CallOrigin {
  direction: CallDirection;
  callerInfo: CallerInfo;
  transferorInfo?: CallerInfo | undefined;
}

/** A call as the application sees it: its state, its own media and the others. */
export class CallImpl extends Emitter<CallEvents> implements Call, CallWithInternals {
  readonly kind = CallKind.Call;
  readonly lobby: LobbyImpl;

  readonly #context: CallContext;
  readonly #origin: CallOrigin;
  readonly #info: CallInfoImpl;
  readonly #local: LocalMedia;
  readonly #limits = new VideoLimits();
  readonly #audio = new IncomingAudio();
  readonly #devices: CallDevices;
  readonly #session: CallSession;
  readonly #people: CallPeople;
  readonly #progress: CallProgress;
  readonly #features = new Map<unknown, CallFeature>();
  readonly #pageHidden = (): void => {
    this.#finish(HUNG_UP);
  };
  #connection: SignalingConnection | undefined;
  #id: string = crypto.randomUUID();
  #role: ParticipantRole = 'Unknown';
  #callEndReason: CallEndReason | undefined;
  readonly #entered: Promise<void>;

  /** @throws CommunicationServicesError 400 for constraints that are none */
  constructor(
    context: CallContext,
    entry: CallEntry,
    origin: CallOrigin,
    options: JoinCallOptions,
  ) {
    super();
    this.#limits.merge(options.videoOptions?.constraints ?? {});
    this.#context = context;
    this.#origin = origin;
    this.#info = new CallInfoImpl(entry.kind === 'join' ? entry.locator : {});
    this.#devices = new CallDevices(context.devices, this.#audio, context.logger);
    this.#local = new LocalMedia(() => this.#devices.openMicrophone(), context.logger);
    const transfers = new CallTransfers((offer) => context.transfer(offer, this));
    this.#session = new CallSession(this.#local, this.#limits, transfers);
    this.#people = new CallPeople(this.#session, context.logger);
    this.lobby = new LobbyImpl(this.#session);
    this.#progress = new CallProgress(this.#session, entry, {
      stateChanged: () => {
        this.emit('stateChanged');
      },
      unanswered: () => {
        this.#finish(NO_ANSWER);
      },
    });
    this.#listen();
    if (entry.kind === 'place') {
      this.#people.expect(entry.targets);
    }
    window.addEventListener('pagehide', this.#pageHidden);
    // Begins after the application had its turn to listen.
    this.#entered = Promise.resolve().then(() => this.#connect(entry, options));
    this.#entered.catch(() => undefined); // the state tells, and whoever waits for it
  }

  get [INTERNALS](): CallInternals {
    return this.#session;
  }

  get id(): string {
    return this.#id;
  }

  get info(): CallInfo {
    return this.#info;
  }

  get direction(): CallDirection {
    return this.#origin.direction;
  }

  get callerInfo(): CallerInfo {
    return this.#origin.callerInfo;
  }

  get transferorInfo(): CallerInfo | undefined {
    return this.#origin.transferorInfo;
  }

  get role(): ParticipantRole {
    return this.#role;
  }

  get state(): CallState {
    return this.#progress.state;
  }

  get callEndReason(): CallEndReason | undefined {
    return this.#callEndReason;
  }

  get isMuted(): boolean {
    return this.#local.isMuted;
  }

  get isIncomingAudioMuted(): boolean {
    return this.#audio.isMuted;
  }

  get isIncomingAudioBlocked(): boolean {
    return this.#audio.isBlocked;
  }

  get isScreenSharingOn(): boolean {
    return this.#local.stream(TrackKind.SCREEN_SHARE) !== undefined;
  }

  get isLocalVideoStarted(): boolean {
    return this.#local.stream(TrackKind.VIDEO) !== undefined;
  }

  get localVideoStreams(): readonly LocalVideoStream[] {
    return localVideosOf(this.#local);
  }

  get localAudioStreams(): readonly LocalAudioStream[] {
    return localAudioOf(this.#local);
  }

  get remoteAudioStreams(): readonly RemoteAudioStream[] {
    return this.#progress.isReady ? [this.#audio.stream] : [];
  }

  get remoteParticipants(): readonly RemoteParticipant[] {
    return this.#session.participants.all;
  }

  /** Resolves when the server has this client in the call. @throws CommunicationServicesError why it doesn't */
  whenEntered(): Promise<void> {
    return this.#entered;
  }

  async hangUp(options?: { forEveryone: boolean }): Promise<void> {
    if (this.#progress.isOver) {
      return;
    }
    const forEveryone = options?.forEveryone ?? false;
    this.#progress.leaving();
    try {
      await this.#session.leave(forEveryone);
    } catch (error) {
      // The server notices by itself when the connection closes.
      this.#context.logger?.info('Left without an answer', error);
    }
    this.#finish(forEveryone ? ENDED_FOR_EVERYONE : HUNG_UP);
  }

  mute(): Promise<void> {
    return this.#whileAlive(() => this.#local.mute());
  }

  unmute(): Promise<void> {
    return this.#sending(TrackKind.AUDIO, () => this.#local.unmute());
  }

  muteAllRemoteParticipants(): Promise<void> {
    return this.#whileAlive(() => this.#session.signaling.muteOthers([]));
  }

  muteIncomingAudio(): Promise<void> {
    return this.#setIncomingAudioMuted(true);
  }

  unmuteIncomingAudio(): Promise<void> {
    return this.#setIncomingAudioMuted(false);
  }

  startVideo(stream: LocalVideoStream): Promise<void> {
    return this.#sending(TrackKind.VIDEO, () => this.#local.start(TrackKind.VIDEO, stream));
  }

  stopVideo(stream: LocalVideoStream): Promise<void> {
    return this.#whileAlive(() => this.#local.stop(TrackKind.VIDEO, stream));
  }

  startScreenSharing(stream?: LocalVideoStream): Promise<void> {
    return this.#sending(TrackKind.SCREEN_SHARE, () => {
      stream?.becomeScreenShare();
      const screen = { id: '', name: 'Screen', deviceType: 'ScreenSharing' } as const;
      return this.#local.start(TrackKind.SCREEN_SHARE, stream ?? new LocalVideoStream(screen));
    });
  }

  stopScreenSharing(): Promise<void> {
    return this.#whileAlive(() => this.#local.stop(TrackKind.SCREEN_SHARE));
  }

  startAudio(stream: LocalAudioStream): Promise<void> {
    return this.#sending(TrackKind.AUDIO, () => this.#local.start(TrackKind.AUDIO, stream));
  }

  stopAudio(): Promise<void> {
    return this.#whileAlive(() => this.#local.stop(TrackKind.AUDIO));
  }

  hold(): Promise<void> {
    return this.#progress.hold();
  }

  resume(): Promise<void> {
    return this.#progress.resume();
  }

  sendDtmf(tone: DtmfTone): Promise<void> {
    return this.#whileAlive(() => this.#session.signaling.sendDtmf(tonesOf(tone)));
  }

  addParticipant(
    identifier: CommunicationIdentifier,
    options: AddPhoneNumberOptions = {},
  ): RemoteParticipant {
    this.#progress.requireReady();
    return this.#people.add(rawIdOf(identifier), options);
  }

  removeParticipant(identifier: CommunicationIdentifier): Promise<void> {
    return this.#whileAlive(() => this.#people.remove(rawIdOf(identifier)));
  }

  setConstraints(constraints: CallConstraints): Promise<void> {
    return this.#whileAlive(() => {
      this.#limits.merge(constraints.video ?? {});
      return this.#session.applyLimits();
    });
  }

  feature<T extends CallFeature>(factory: CallFeatureFactory<T>): T {
    const known = this.#features.get(factory) as T | undefined;
    if (known !== undefined) {
      return known;
    }
    const feature = new factory.callApiCtor({ call: this, callAgent: this.#context.agent });
    this.#features.set(factory, feature);
    if (this.#callEndReason !== undefined) {
      // Nothing will happen any more that it could watch.
      feature.dispose();
    }
    return feature;
  }

  dispose(): void {
    void this.hangUp();
  }

  /** From None to Connected or what waits for others, or to Disconnected with the reason. */
  async #connect(entry: CallEntry, options: JoinCallOptions): Promise<void> {
    if (this.#progress.isOver) {
      throw wrongState('The call is over');
    }
    this.#progress.entering();
    try {
      // The user may be asked for the microphone while the server is being reached; neither waits for the other.
      const prepared = this.#local.prepare(options);
      const connection = await this.#context.openConnection();
      if (this.#progress.isOver) {
        this.#context.giveBack(connection);
        throw wrongState('The call is over');
      }
      this.#connection = connection;
      const joined = await this.#session.enter(connection, entry);
      if (this.#progress.isOver) {
        throw wrongState('The call is over');
      }
      this.#id = joined.callId;
      this.#info.joined(joined.callId, joined.participantId, joined.groupId);
      this.emit('idChanged');
      this.#progress.joined(joined.state);
      void prepared.then(() => this.#sendMedia());
    } catch (error) {
      if (!this.#progress.isOver) {
        this.#context.logger?.warning('The call could not be joined', error);
        this.#finish(reasonOf(error));
      }
      throw error;
    }
  }

  /** Sends once the server lets this client, which it doesn't in the lobby. */
  async #sendMedia(): Promise<void> {
    try {
      await this.#progress.admitted();
      if (!this.#progress.isOver) {
        await this.#session.sendMedia(this.direction);
        this.#ready();
      }
    } catch (error) {
      if (!this.#progress.isOver) {
        this.#context.logger?.warning('No media can be sent', error);
        this.#finish(reasonOf(error));
      }
    }
  }

  #ready(): void {
    if (!this.#progress.isOver) {
      this.#progress.ready();
      this.emit('remoteAudioStreamsUpdated', { added: [this.#audio.stream], removed: [] });
    }
  }

  #listen(): void {
    forwardLocalEvents(this.#local, this);
    this.#audio.on('blockedChanged', () => {
      this.emit('isIncomingAudioBlockedChanged');
    });
    const session = this.#session;
    session.on('participantsUpdated', (update) => {
      this.emit('remoteParticipantsUpdated', update);
    });
    session.on('audioTracksChanged', (tracks) => {
      this.#audio.setTracks(tracks);
    });
    session.on('selfUpdated', () => {
      void this.#takeRole(roleOf(session.self?.role));
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
    const remoteAudio = this.remoteAudioStreams;
    this.#callEndReason = reason;
    window.removeEventListener('pagehide', this.#pageHidden);
    this.#devices.close();
    this.#local.close();
    const closed = this.#session.close();
    this.#audio.close();
    this.#info.ended(wrongState('The call ended before it was joined'));
    this.#progress.over();
    if (remoteAudio.length > 0) {
      this.emit('remoteAudioStreamsUpdated', { added: [], removed: [...remoteAudio] });
    }
    for (const feature of this.#features.values()) {
      feature.dispose();
    }
    this.#context.ended(this);
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

  async #whileAlive(change: () => Promise<void>): Promise<void> {
    if (this.#progress.isOver) {
      throw wrongState('The call is over');
    }
    await change();
  }

  async #sending(kind: TrackKind, change: () => Promise<void>): Promise<void> {
    requireMaySend(this.#role, kind);
    await this.#whileAlive(change);
  }

  async #mutedByOthers(): Promise<void> {
    await this.#local.mute().catch(() => undefined); // it is muted at the server already
    this.emit('mutedByOthers');
  }

  /** Stops what the role does not allow; the server has taken it off already. */
  async #takeRole(role: ParticipantRole): Promise<void> {
    if (this.#role === role) {
      return;
    }
    this.#role = role;
    this.emit('roleChanged');
    for (const kind of SENDABLE) {
      if (!maySend(role, kind)) {
        await this.#stop(kind);
      }
    }
  }

  async #stop(kind: TrackKind): Promise<void> {
    try {
      await this.#local.stop(kind);
    } catch (error) {
      this.#context.logger?.warning('What the server ended could not be stopped', error);
    }
  }

  #setIncomingAudioMuted(muted: boolean): Promise<void> {
    if (this.#audio.isMuted !== muted) {
      this.#audio.setMuted(muted);
      this.emit('isIncomingAudioMutedChanged');
    }
    return Promise.resolve();
  }
}

function reasonOf(error: unknown): CallEndReason {
  return error instanceof CommunicationServicesError
    ? { code: error.code, subCode: error.subCode }
    : { code: 500, subCode: ErrorSubCode.MediaFailed };
}
