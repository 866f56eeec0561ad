import type {
  Call,
  CallEndReason,
  CallEvents,
  CallInfo,
  CallState,
  CallingLogger,
  GroupCallLocator,
  JoinCallOptions,
  ParticipantRole,
  RemoteAudioStream,
  RemoteParticipant,
  RoomCallLocator,
} from '../api';
import type { DeviceManagerImpl } from '../devices/DeviceManagerImpl';
import { LocalAudioStream } from '../devices/LocalAudioStream';
import { LocalVideoStream } from '../devices/LocalVideoStream';
import { CommunicationServicesError, ErrorSubCode, invalidArgument, wrongState } from '../errors';
import { Emitter } from '../events';
import type { CallFeature, CallFeatureFactory } from '../features';
import { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';
import { IncomingAudio } from '../media/IncomingAudio';
import type { SignalingConnection } from '../signaling/SignalingConnection';
import { CallSession } from './CallSession';
import type { DominantSpeakersInfo } from './DominantSpeakers';
import { LocalMedia } from './LocalMedia';
import { maySend, requireMaySend, roleOf, SENDABLE } from './roles';

/** What a call needs of its agent. */
export interface CallContext {
  locator: GroupCallLocator | RoomCallLocator;
  devices: DeviceManagerImpl;
  logger: CallingLogger | undefined;
  /** A greeted connection that takes part in no call. */
  openConnection(): Promise<SignalingConnection>;
  /** The call has left and needs the connection no more. */
  giveBack(connection: SignalingConnection): void;
  /** The call is over. */
  ended(call: CallImpl): void;
}

const LEFT: CallEndReason = { code: 0, subCode: 0 };

/** A call as the application sees it: its state, its own media and the others. */
export class CallImpl extends Emitter<CallEvents> implements Call {
  readonly kind = 'Call';
  readonly direction = 'Outgoing';
  /** For the feature of the same name. */
  readonly speakersChanged = new Emitter<{ changed: () => void }>();

  readonly #context: CallContext;
  readonly #local: LocalMedia;
  readonly #audio = new IncomingAudio();
  readonly #features = new Map<unknown, CallFeature>();
  readonly #pageHidden = (): void => {
    this.#finish(LEFT);
  };
  readonly #microphoneSelected = (): void => {
    void this.#switchMicrophone();
  };
  readonly #speakerSelected = (): void => {
    this.#switchSpeaker();
  };
  #session: CallSession | undefined;
  #connection: SignalingConnection | undefined;
  /** The microphone that the call opened by itself, which follows the device manager's selection. */
  #ownMicrophone: LocalAudioStream | undefined;
  #id: string = crypto.randomUUID();
  #participantId: string | undefined;
  #role: ParticipantRole = 'Unknown';
  #state: CallState = 'None';
  #callEndReason: CallEndReason | undefined;
  #dominantSpeakers: DominantSpeakersInfo = { speakersList: [], timestamp: new Date() };

  constructor(context: CallContext, options: JoinCallOptions) {
    super();
    this.#context = context;
    this.#local = new LocalMedia(() => this.#openMicrophone(), context.logger);
    this.#forwardLocalEvents();
    this.#audio.on('blockedChanged', () => {
      this.emit('isIncomingAudioBlockedChanged');
    });
    window.addEventListener('pagehide', this.#pageHidden);
    context.devices.on('selectedMicrophoneChanged', this.#microphoneSelected);
    context.devices.on('selectedSpeakerChanged', this.#speakerSelected);
    this.#switchSpeaker();
    // Begins after the application had its turn to listen.
    queueMicrotask(() => {
      void this.#connect(options);
    });
  }

  get id(): string {
    return this.#id;
  }

  get info(): CallInfo {
    const own = this.#participantId === undefined ? {} : { participantId: this.#participantId };
    return { ...this.#context.locator, ...own };
  }

  get role(): ParticipantRole {
    return this.#role;
  }

  get state(): CallState {
    return this.#state;
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
    return [TrackKind.VIDEO, TrackKind.SCREEN_SHARE]
      .map((kind) => this.#local.stream(kind))
      .filter((stream) => stream instanceof LocalVideoStream);
  }

  get localAudioStreams(): readonly LocalAudioStream[] {
    const stream = this.#local.stream(TrackKind.AUDIO);
    return stream instanceof LocalAudioStream ? [stream] : [];
  }

  get remoteAudioStreams(): readonly RemoteAudioStream[] {
    return this.#state === 'Connected' ? [this.#audio.stream] : [];
  }

  get remoteParticipants(): readonly RemoteParticipant[] {
    return this.#session?.participants ?? [];
  }

  get dominantSpeakers(): DominantSpeakersInfo {
    return this.#dominantSpeakers;
  }

  async hangUp(options: { forEveryone?: boolean } = {}): Promise<void> {
    if (options.forEveryone === true) {
      throw invalidArgument('Ending a call for everyone is not available yet');
    }
    if (this.#state === 'Disconnecting' || this.#state === 'Disconnected') {
      return;
    }
    this.#setState('Disconnecting');
    try {
      await this.#session?.leave();
    } catch (error) {
      // The server notices by itself when the connection closes.
      this.#context.logger?.info('Left without an answer', error);
    }
    this.#finish(LEFT);
  }

  mute(): Promise<void> {
    return this.#whileAlive(() => this.#local.mute());
  }

  unmute(): Promise<void> {
    return this.#sending(TrackKind.AUDIO, () => this.#local.unmute());
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

  feature<T extends CallFeature>(factory: CallFeatureFactory<T>): T {
    const known = this.#features.get(factory) as T | undefined;
    const feature = known ?? new factory.callApiCtor({ call: this });
    this.#features.set(factory, feature);
    return feature;
  }

  /** From None to Connected, or to Disconnected with the reason. */
  async #connect(options: JoinCallOptions): Promise<void> {
    if (this.#state !== 'None') {
      return;
    }
    this.#setState('Connecting');
    try {
      // The user may be asked for the microphone while the server is being reached; neither waits for the other.
      const prepared = this.#local.prepare(options);
      const connection = await this.#context.openConnection();
      await prepared;
      if (this.#isOver()) {
        this.#context.giveBack(connection);
        return;
      }
      const session = new CallSession(connection, {
        participantsUpdated: (update) => {
          this.emit('remoteParticipantsUpdated', update);
        },
        audioTracksChanged: (tracks) => {
          this.#audio.setTracks(tracks);
        },
        speakersChanged: (speakers) => {
          const speakersList = speakers.map((speaker) => speaker.identifier);
          this.#dominantSpeakers = { speakersList, timestamp: new Date() };
          this.speakersChanged.emit('changed');
        },
        roleChanged: (role) => {
          void this.#takeRole(role);
        },
        ended: (reason, message) => {
          this.#context.logger?.warning('The call has ended', reason, message);
          this.#finish(reason);
        },
      });
      this.#session = session;
      this.#connection = connection;
      const joined = await session.join(this.#context.locator);
      if (this.#isOver()) {
        return;
      }
      this.#participantId = joined.participantId;
      this.#id = joined.callId;
      this.emit('idChanged');
      await this.#takeRole(roleOf(joined.role));
      await session.sendMedia(this.#local);
      this.#connected();
    } catch (error) {
      if (!this.#isOver()) {
        this.#context.logger?.warning('The call could not be joined', error);
        this.#finish(endReason(error));
      }
    }
  }

  #connected(): void {
    if (!this.#isOver()) {
      this.#setState('Connected');
      this.emit('remoteAudioStreamsUpdated', { added: [this.#audio.stream], removed: [] });
    }
  }

  /** Ends the call here; the server has been told, or can't be. */
  #finish(reason: CallEndReason): void {
    if (this.#state === 'Disconnected') {
      return;
    }
    const remoteAudio = this.remoteAudioStreams;
    window.removeEventListener('pagehide', this.#pageHidden);
    this.#context.devices.off('selectedMicrophoneChanged', this.#microphoneSelected);
    this.#context.devices.off('selectedSpeakerChanged', this.#speakerSelected);
    this.#local.close();
    this.#session?.close();
    this.#audio.close();
    if (this.#connection !== undefined) {
      this.#context.giveBack(this.#connection);
    }
    this.#callEndReason = reason;
    this.#setState('Disconnected');
    if (remoteAudio.length > 0) {
      this.emit('remoteAudioStreamsUpdated', { added: [], removed: [...remoteAudio] });
    }
    for (const feature of this.#features.values()) {
      feature.dispose();
    }
    this.#context.ended(this);
  }

  #isOver(): boolean {
    return this.#state === 'Disconnecting' || this.#state === 'Disconnected';
  }

  #setState(state: CallState): void {
    this.#state = state;
    this.emit('stateChanged');
  }

  async #whileAlive(change: () => Promise<void>): Promise<void> {
    if (this.#isOver()) {
      throw wrongState('The call is over');
    }
    await change();
  }

  async #sending(kind: TrackKind, change: () => Promise<void>): Promise<void> {
    requireMaySend(this.#role, kind);
    await this.#whileAlive(change);
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
        try {
          await this.#local.stop(kind);
        } catch (error) {
          this.#context.logger?.warning('What the role does not allow could not be stopped', error);
        }
      }
    }
  }

  #setIncomingAudioMuted(muted: boolean): Promise<void> {
    if (this.#audio.isMuted !== muted) {
      this.#audio.setMuted(muted);
      this.emit('isIncomingAudioMutedChanged');
    }
    return Promise.resolve();
  }

  #openMicrophone(): LocalAudioStream {
    const selected = this.#context.devices.selectedMicrophone;
    const standard = { id: '', name: '', isSystemDefault: true, deviceType: 'Microphone' } as const;
    this.#ownMicrophone = new LocalAudioStream(selected ?? standard);
    return this.#ownMicrophone;
  }

  async #switchMicrophone(): Promise<void> {
    const selected = this.#context.devices.selectedMicrophone;
    if (selected !== undefined && this.#ownMicrophone !== undefined) {
      try {
        await this.#ownMicrophone.switchSource(selected);
      } catch (error) {
        this.#context.logger?.warning('The selected microphone could not be opened', error);
      }
    }
  }

  #switchSpeaker(): void {
    const selected = this.#context.devices.selectedSpeaker;
    if (selected !== undefined) {
      this.#audio.setSpeaker(selected.id).catch((error: unknown) => {
        this.#context.logger?.warning('The selected speaker could not be used', error);
      });
    }
  }

  #forwardLocalEvents(): void {
    this.#local.on('mutedChanged', () => {
      this.emit('isMutedChanged');
    });
    this.#local.on('started', (kind, stream) => {
      this.#localChanged(kind, [stream], []);
    });
    this.#local.on('stopped', (kind, stream) => {
      this.#localChanged(kind, [], [stream]);
    });
  }

  #localChanged(
    kind: TrackKind,
    added: (LocalVideoStream | LocalAudioStream)[],
    removed: (LocalVideoStream | LocalAudioStream)[],
  ): void {
    if (kind === TrackKind.AUDIO) {
      const isAudio = (stream: unknown): stream is LocalAudioStream =>
        stream instanceof LocalAudioStream;
      this.emit('localAudioStreamsUpdated', {
        added: added.filter(isAudio),
        removed: removed.filter(isAudio),
      });
      return;
    }
    const isVideo = (stream: unknown): stream is LocalVideoStream =>
      stream instanceof LocalVideoStream;
    this.emit('localVideoStreamsUpdated', {
      added: added.filter(isVideo),
      removed: removed.filter(isVideo),
    });
    this.emit(kind === TrackKind.VIDEO ? 'isLocalVideoStartedChanged' : 'isScreenSharingOnChanged');
  }
}

function endReason(error: unknown): CallEndReason {
  return error instanceof CommunicationServicesError
    ? { code: error.code, subCode: error.subCode }
    : { code: 500, subCode: ErrorSubCode.MediaFailed };
}
