// The public interfaces, with the names of the ACS calling SDK. Classes that an application makes itself (CallClient,
// LocalVideoStream, LocalAudioStream, VideoStreamRenderer) stand in files of their own.

import type { CollectionUpdatedEvent, EventSource, PropertyChangedEvent } from './events';
import type { CallFeature, CallFeatureFactory } from './features';
import type { CommunicationIdentifierKind } from './identifiers';
import type { LocalAudioStream } from './devices/LocalAudioStream';
import type { LocalVideoStream } from './devices/LocalVideoStream';
import type { Volume } from './media/Volume';

/** Somebody in the call. */
export interface ParticipantInfo {
  readonly identifier: CommunicationIdentifierKind;
  readonly displayName?: string | undefined;
  readonly hasDisplayNameChanged?: boolean;
  readonly endpointDetails: readonly EndpointDetails[];
}

/** One device of a participant. */
export interface EndpointDetails {
  participantId: string;
}

export interface CallerInfo {
  readonly identifier: CommunicationIdentifierKind | undefined;
  readonly displayName?: string;
}

/** In pixels. */
export interface StreamSize {
  width: number;
  height: number;
}

export interface xHeader {
  key: string;
  value: string;
}

/** Headers that go with a call. */
export interface CustomContextOptions {
  userToUser?: string;
  /** As `sipHeaders`; the older name. */
  xHeaders?: xHeader[];
}
export interface CustomContext extends CustomContextOptions {
  /** At most 5, their keys with 64 characters and their values with 256. */
  sipHeaders?: xHeader[];
  /** At most 1,000, their keys with 64 characters and their values with 1,024. */
  voipHeaders?: xHeader[];
}

/** Where the SDK reports what an application can't act on; an AzureLogger is one. */
export interface CallingLogger {
  info(...args: unknown[]): void;
  warning(...args: unknown[]): void;
}

export interface CallClientOptions {
  /**
   * The server, such as `https://calls.example.com:8443`. Without it the server is the issuer of the user's token, or else
   * the one this module was loaded from.
   */
  endpoint?: string;
  logger?: CallingLogger;
}

export interface CallAgentOptions {
  /** The name that others see; at most 256 characters. */
  displayName?: string;
}

/** A call that the application names by a UUID of its choice; it begins with its first participant. */
export interface GroupCallLocator {
  groupId: string;
}
export type GroupLocator = GroupCallLocator;

/** A room of the rooms service, which invites the user. */
export interface RoomCallLocator {
  roomId: string;
}
export type RoomLocator = RoomCallLocator;

/** What a participant of a room may do; Unknown in other calls and before the call is joined. */
export type ParticipantRole = 'Unknown' | 'Presenter' | 'Collaborator' | 'Attendee' | 'Consumer';

export interface VideoOptions {
  /** At most one. */
  localVideoStreams?: LocalVideoStream[];
}

export interface AudioOptions {
  /** Join without an open microphone. */
  muted?: boolean;
  /** At most one; without it the selected microphone is used. */
  localAudioStreams?: LocalAudioStream[];
}

export interface JoinCallOptions {
  videoOptions?: VideoOptions;
  audioOptions?: AudioOptions;
}

export type CallAgentConnectionState = 'Connected' | 'Disconnected';

export type ConnectionStateChangedEvent = (args: {
  oldValue: CallAgentConnectionState;
  newValue: CallAgentConnectionState;
  reason?: 'invalidToken' | 'connectionIssue';
}) => void;

export interface CallAgentEvents {
  callsUpdated: CollectionUpdatedEvent<Call>;
  connectionStateChanged: ConnectionStateChangedEvent;
}

/** One user's way into calls. */
export interface CallAgent extends EventSource<CallAgentEvents> {
  readonly kind: 'CallAgent';
  /** Whether the server can be reached; a lost connection is made again by the next call. */
  readonly connectionState: CallAgentConnectionState;
  readonly calls: readonly Call[];
  readonly displayName?: string | undefined;
  /**
   * Joins a group call or the call of a room; the call is returned at once and connects by itself. When the room does not let
   * the user in, `callEndReason` says why: 404/5732 no such room, 403/5828 not invited, 403/5829 not open. A microphone or camera that can't be opened
   * doesn't keep the user out: the call is then joined muted or without video, and `unmute()` or `startVideo()` say why.
   *
   * @throws CommunicationServicesError 400 when the group id is not a UUID, the room id is empty, or there is more than one
   * stream of a kind
   */
  join(locator: GroupCallLocator | RoomCallLocator, options?: JoinCallOptions): Call;
  /** Leaves every call and closes the connection. */
  dispose(): Promise<void>;
}

export type CallState = 'None' | 'Connecting' | 'Connected' | 'Disconnecting' | 'Disconnected';

export interface CallEndReason {
  /** 0 when the user left; else as in errors. */
  code: number;
  subCode?: number;
}

export interface CallInfo {
  readonly groupId?: string;
  readonly roomId?: string;
  /** This device in the call; undefined until connected. */
  readonly participantId?: string;
}

export interface CallEvents {
  stateChanged: PropertyChangedEvent;
  idChanged: PropertyChangedEvent;
  isMutedChanged: PropertyChangedEvent;
  isIncomingAudioMutedChanged: PropertyChangedEvent;
  /** Vaxel's own: the browser refuses to play sound before the user touches the page, or no longer does. */
  isIncomingAudioBlockedChanged: PropertyChangedEvent;
  isScreenSharingOnChanged: PropertyChangedEvent;
  roleChanged: PropertyChangedEvent;
  isLocalVideoStartedChanged: PropertyChangedEvent;
  remoteParticipantsUpdated: CollectionUpdatedEvent<RemoteParticipant>;
  localVideoStreamsUpdated: CollectionUpdatedEvent<LocalVideoStream>;
  localAudioStreamsUpdated: CollectionUpdatedEvent<LocalAudioStream>;
  remoteAudioStreamsUpdated: CollectionUpdatedEvent<RemoteAudioStream>;
}

export interface Call extends EventSource<CallEvents> {
  readonly kind: 'Call';
  /** Made up here until the server has given one (`idChanged`). */
  readonly id: string;
  readonly info: CallInfo;
  readonly state: CallState;
  /** Set once disconnected. */
  readonly callEndReason: CallEndReason | undefined;
  readonly direction: 'Outgoing';
  /**
   * In a room: an Attendee shares no screen, a Consumer sends nothing; what the role does not allow rejects with 403/40305. When
   * the role becomes a lesser one, what it does not allow is stopped.
   */
  readonly role: ParticipantRole;
  readonly isMuted: boolean;
  readonly isIncomingAudioMuted: boolean;
  /**
   * Vaxel's own: others can't be heard because the browser wants a gesture first. The next click, tap or key press anywhere on
   * the page starts the sound by itself.
   */
  readonly isIncomingAudioBlocked: boolean;
  readonly isScreenSharingOn: boolean;
  readonly isLocalVideoStarted: boolean;
  /** Camera and screen as they are being sent. */
  readonly localVideoStreams: readonly LocalVideoStream[];
  readonly localAudioStreams: readonly LocalAudioStream[];
  /** One stream with everybody's voice while connected. */
  readonly remoteAudioStreams: readonly RemoteAudioStream[];
  readonly remoteParticipants: readonly RemoteParticipant[];

  /** Leaves the call. Ending it for everyone is not available yet. */
  hangUp(options?: { forEveryone?: false }): Promise<void>;
  /** Silences the own microphone, for others too. */
  mute(): Promise<void>;
  /** Opens the microphone if it wasn't open. @throws CommunicationServicesError when it can't be */
  unmute(): Promise<void>;
  /** Silences all others here; they don't notice. */
  muteIncomingAudio(): Promise<void>;
  unmuteIncomingAudio(): Promise<void>;
  /** Sends a camera. @throws CommunicationServicesError when it can't be opened, 409 while another camera is being sent */
  startVideo(stream: LocalVideoStream): Promise<void>;
  stopVideo(stream: LocalVideoStream): Promise<void>;
  /** Sends the screen: the given stream, or what the user picks. @throws CommunicationServicesError 403 when nothing is picked */
  startScreenSharing(stream?: LocalVideoStream): Promise<void>;
  stopScreenSharing(): Promise<void>;
  /** Uses this microphone or stream instead of the one in use; muted stays muted. */
  startAudio(stream: LocalAudioStream): Promise<void>;
  /** Closes the microphone; `unmute()` opens the selected one. */
  stopAudio(): Promise<void>;
  /** The same object on each call. */
  feature<T extends CallFeature>(factory: CallFeatureFactory<T>): T;
}

export type RemoteParticipantState = 'Idle' | 'Connecting' | 'Connected' | 'Disconnected';

export interface RemoteParticipantEvents {
  stateChanged: PropertyChangedEvent;
  isMutedChanged: PropertyChangedEvent;
  isSpeakingChanged: PropertyChangedEvent;
  displayNameChanged: (args: { newValue?: string; oldValue?: string }) => void;
  videoStreamsUpdated: CollectionUpdatedEvent<RemoteVideoStream>;
}

/** Somebody else in the call: one user, whatever the number of their devices. */
export interface RemoteParticipant extends EventSource<RemoteParticipantEvents> {
  readonly identifier: CommunicationIdentifierKind;
  readonly displayName?: string | undefined;
  readonly endpointDetails: readonly { participantId: string }[];
  readonly state: RemoteParticipantState;
  readonly isMuted: boolean;
  readonly isSpeaking: boolean;
  /** Cameras and screens being sent. */
  readonly videoStreams: readonly RemoteVideoStream[];
}

export type MediaStreamType = 'Video' | 'ScreenSharing' | 'RawMedia' | 'LiveStream' | 'Audio';

export interface RemoteVideoStreamEvents {
  isAvailableChanged: PropertyChangedEvent;
  isReceivingChanged: PropertyChangedEvent;
  sizeChanged: PropertyChangedEvent;
}

/**
 * A camera or a screen of somebody else. Its media is asked of the server while a view of a `VideoStreamRenderer` shows it or
 * after `getMediaStream()`, and only then.
 */
export interface RemoteVideoStream extends EventSource<RemoteVideoStreamEvents> {
  readonly id: number;
  readonly mediaStreamType: MediaStreamType;
  /** The sender is sending. */
  readonly isAvailable: boolean;
  /** Frames arrive here now. */
  readonly isReceiving: boolean;
  /** Of the frames that arrive, in pixels; zero before the first. */
  readonly size: { width: number; height: number };
  /** @throws CommunicationServicesError 404 when the stream is not available or ends meanwhile */
  getMediaStream(): Promise<MediaStream>;
}

/** What the others say, as one stream. */
export interface RemoteAudioStream {
  getMediaStream(): Promise<MediaStream>;
  getVolume(): Promise<Volume>;
}

export type * from './devices/types';
