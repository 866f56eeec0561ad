import type {
  AddPhoneNumberOptions,
  Call,
  CallConstraints,
  CallDirection,
  CallEndReason,
  CallerInfo,
  CallEvents,
  CallInfo,
  CallState,
  DtmfTone,
  JoinCallOptions,
  ParticipantRole,
  RemoteAudioStream,
  RemoteParticipant,
} from '../api';
import type { LocalAudioStream } from '../devices/LocalAudioStream';
import { LocalVideoStream } from '../devices/LocalVideoStream';
import { wrongState } from '../errors';
import { Emitter } from '../events';
import type { CallFeature, CallFeatureFactory } from '../features';
import { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifier } from '../identifiers';
import { rawIdOf } from '../identifiers';
import type { CallEntry } from './CallEntry';
import type { CallInternals, CallWithInternals } from './CallInternals';
import { INTERNALS } from './CallInternals';
import type { CallContext } from './CallLife';
import { CallLife } from './CallLife';
import { CallPeople } from './CallPeople';
import { LobbyImpl } from './LobbyImpl';
import { localAudioOf, localVideosOf } from './localStreams';
import { requireMaySend } from './roles';
import { tonesOf } from './tones';

/** Whose call it is. */
export interface CallOrigin {
  direction: CallDirection;
  callerInfo: CallerInfo;
  transferorInfo?: CallerInfo | undefined;
}

/** A call as the application sees it: its state, its own media and the others. */
export class CallImpl extends Emitter<CallEvents> implements Call, CallWithInternals {
  readonly kind = 'Call';
  readonly lobby: LobbyImpl;

  readonly #life: CallLife;
  readonly #origin: CallOrigin;
  readonly #people: CallPeople;
  readonly #features = new Map<unknown, CallFeature>();
  readonly #entered: Promise<void>;

  /** @throws CommunicationServicesError 400 for constraints that are none */
  constructor(
    context: CallContext,
    entry: CallEntry,
    origin: CallOrigin,
    options: JoinCallOptions,
  ) {
    super();
    this.#origin = origin;
    this.#life = new CallLife(context, this, entry, origin.direction, () => {
      for (const feature of this.#features.values()) {
        feature.dispose();
      }
      context.ended();
    });
    this.#life.limits.merge(options.videoOptions?.constraints ?? {});
    this.#people = new CallPeople(this.#life.session, context.logger);
    this.lobby = new LobbyImpl(this.#life.session);
    if (entry.kind === 'place') {
      this.#people.expect(entry.targets);
    }
    // Begins after the application had its turn to listen.
    this.#entered = Promise.resolve().then(() => {
      context.began();
      return this.#life.connect(options);
    });
    this.#entered.catch(() => undefined); // the state tells, and whoever waits for it
  }

  get [INTERNALS](): CallInternals {
    return this.#life.session;
  }

  get id(): string {
    return this.#life.id;
  }

  get info(): CallInfo {
    return this.#life.info;
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
    return this.#life.role;
  }

  get state(): CallState {
    return this.#life.progress.state;
  }

  get callEndReason(): CallEndReason | undefined {
    return this.#life.callEndReason;
  }

  get isMuted(): boolean {
    return this.#life.local.isMuted;
  }

  get isIncomingAudioMuted(): boolean {
    return this.#life.audio.isMuted;
  }

  get isIncomingAudioBlocked(): boolean {
    return this.#life.audio.isBlocked;
  }

  get isScreenSharingOn(): boolean {
    return this.#life.local.stream(TrackKind.SCREEN_SHARE) !== undefined;
  }

  get isLocalVideoStarted(): boolean {
    return this.#life.local.stream(TrackKind.VIDEO) !== undefined;
  }

  get localVideoStreams(): readonly LocalVideoStream[] {
    return localVideosOf(this.#life.local);
  }

  get localAudioStreams(): readonly LocalAudioStream[] {
    return localAudioOf(this.#life.local);
  }

  get remoteAudioStreams(): readonly RemoteAudioStream[] {
    return this.#life.progress.isReady ? [this.#life.audio.stream] : [];
  }

  get remoteParticipants(): readonly RemoteParticipant[] {
    return this.#life.session.participants.all;
  }

  /** Resolves when the server has this client in the call. @throws CommunicationServicesError why it doesn't */
  whenEntered(): Promise<void> {
    return this.#entered;
  }

  hangUp(options?: { forEveryone: boolean }): Promise<void> {
    return this.#life.leave(options?.forEveryone ?? false);
  }

  mute(): Promise<void> {
    return this.#whileAlive(() => this.#life.local.mute());
  }

  unmute(): Promise<void> {
    return this.#sending(TrackKind.AUDIO, () => this.#life.local.unmute());
  }

  muteAllRemoteParticipants(): Promise<void> {
    return this.#whileAlive(() => this.#life.session.signaling.muteOthers([]));
  }

  muteIncomingAudio(): Promise<void> {
    return this.#setIncomingAudioMuted(true);
  }

  unmuteIncomingAudio(): Promise<void> {
    return this.#setIncomingAudioMuted(false);
  }

  startVideo(stream: LocalVideoStream): Promise<void> {
    return this.#sending(TrackKind.VIDEO, () => this.#life.local.start(TrackKind.VIDEO, stream));
  }

  stopVideo(stream: LocalVideoStream): Promise<void> {
    return this.#whileAlive(() => this.#life.local.stop(TrackKind.VIDEO, stream));
  }

  startScreenSharing(stream?: LocalVideoStream): Promise<void> {
    return this.#sending(TrackKind.SCREEN_SHARE, () => {
      stream?.becomeScreenShare();
      const screen = { id: '', name: 'Screen', deviceType: 'ScreenSharing' } as const;
      return this.#life.local.start(TrackKind.SCREEN_SHARE, stream ?? new LocalVideoStream(screen));
    });
  }

  stopScreenSharing(): Promise<void> {
    return this.#whileAlive(() => this.#life.local.stop(TrackKind.SCREEN_SHARE));
  }

  startAudio(stream: LocalAudioStream): Promise<void> {
    return this.#sending(TrackKind.AUDIO, () => this.#life.local.start(TrackKind.AUDIO, stream));
  }

  stopAudio(): Promise<void> {
    return this.#whileAlive(() => this.#life.local.stop(TrackKind.AUDIO));
  }

  hold(): Promise<void> {
    return this.#life.progress.hold();
  }

  resume(): Promise<void> {
    return this.#life.progress.resume();
  }

  sendDtmf(tone: DtmfTone): Promise<void> {
    return this.#whileAlive(() => this.#life.session.signaling.sendDtmf(tonesOf(tone)));
  }

  addParticipant(
    identifier: CommunicationIdentifier,
    options: AddPhoneNumberOptions = {},
  ): RemoteParticipant {
    this.#life.progress.requireReady();
    return this.#people.add(rawIdOf(identifier), options);
  }

  removeParticipant(identifier: CommunicationIdentifier): Promise<void> {
    return this.#whileAlive(() => this.#people.remove(rawIdOf(identifier)));
  }

  setConstraints(constraints: CallConstraints): Promise<void> {
    return this.#whileAlive(() => {
      this.#life.limits.merge(constraints.video ?? {});
      return this.#life.session.applyLimits();
    });
  }

  feature<T extends CallFeature>(factory: CallFeatureFactory<T>): T {
    const known = this.#features.get(factory) as T | undefined;
    const feature = known ?? new factory.callApiCtor({ call: this });
    this.#features.set(factory, feature);
    return feature;
  }

  dispose(): void {
    void this.hangUp();
  }

  async #whileAlive(change: () => Promise<void>): Promise<void> {
    if (this.#life.progress.isOver()) {
      throw wrongState('The call is over');
    }
    await change();
  }

  async #sending(kind: TrackKind, change: () => Promise<void>): Promise<void> {
    requireMaySend(this.#life.role, kind);
    await this.#whileAlive(change);
  }

  #setIncomingAudioMuted(muted: boolean): Promise<void> {
    if (this.#life.audio.isMuted !== muted) {
      this.#life.audio.setMuted(muted);
      this.emit('isIncomingAudioMutedChanged');
    }
    return Promise.resolve();
  }
}
