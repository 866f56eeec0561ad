// The public interfaces of agents, calls and the people in them, with the names of the ACS calling SDK.

import type { RemoteAudioStream, RemoteVideoStream } from './api';
import type { LocalAudioStream } from './devices/LocalAudioStream';
import type { LocalVideoStream } from './devices/LocalVideoStream';
import type { CollectionUpdatedEvent, EventSource, PropertyChangedEvent } from './events';
import type { CallFeature, CallFeatureFactory } from './features';
import type { CommunicationIdentifier, CommunicationIdentifierKind } from './identifiers';

export interface CallAgentOptions {
  /** The name that others see; at most 256 characters. */
  displayName?: string;
  /** Taken and not used: where emergency calls go is the telephone carrier's to decide. */
  emergencyCallOptions?: { countryCode?: string };
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

/** Meetings of Microsoft Teams: known, so that `join` can say that it can't. */
export interface TeamsMeetingLinkLocator {
  meetingLink: string;
}
export interface TeamsMeetingIdLocator {
  meetingId: string;
  passcode?: string;
}
export interface TeamsMeetingCoordinatesLocator {
  threadId: string;
  organizerId: string;
  tenantId: string;
  messageId: string;
}
export type TeamsMeetingLocator =
  TeamsMeetingLinkLocator | TeamsMeetingIdLocator | TeamsMeetingCoordinatesLocator;

/** What a participant of a room may do; Unknown in other calls and before the call is joined. The organizers are of Teams. */
export type ParticipantRole =
  'Unknown' | 'Presenter' | 'Collaborator' | 'Attendee' | 'Consumer' | 'Organizer' | 'Co-organizer';

export interface MediaConstraintRange {
  /** Zero: no limit. */
  max?: number;
}

/** Limits of the outgoing camera; what is left out stays as it is. */
export interface VideoConstraints {
  send?: {
    /** Pixels. */
    frameHeight?: MediaConstraintRange;
    /** Frames a second. */
    frameRate?: MediaConstraintRange;
    /** Bits a second. */
    bitrate?: MediaConstraintRange;
  };
}

export interface CallConstraints {
  video?: VideoConstraints;
}

export interface VideoOptions {
  /** At most one. */
  localVideoStreams?: LocalVideoStream[];
  constraints?: VideoConstraints;
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

export type AcceptCallOptions = JoinCallOptions;

export interface CustomHeader {
  key: string;
  value: string;
}

/** What goes with a call to whom it rings for. */
export interface CustomContext {
  /** The user-to-user header of SIP. */
  userToUser?: string;
  /** At most 5; keys begin with X-MS-Custom-. */
  sipHeaders?: CustomHeader[];
  /** At most 1,000. */
  voipHeaders?: CustomHeader[];
  /** @deprecated The same as sipHeaders. */
  xHeaders?: CustomHeader[];
}

export interface AddPhoneNumberOptions {
  /** The number that the telephone is shown. */
  alternateCallerId?: { phoneNumber: string };
}

export interface StartCallOptions extends JoinCallOptions, AddPhoneNumberOptions {
  customContext?: CustomContext;
}

export type CallAgentConnectionState = 'Connected' | 'Disconnected';

export type ConnectionStateChangedEvent = (args: {
  oldValue: CallAgentConnectionState;
  newValue: CallAgentConnectionState;
  reason?: 'invalidToken' | 'connectionIssue';
}) => void;

export interface CallAgentEvents {
  incomingCall: (args: { incomingCall: IncomingCall }) => void;
  callsUpdated: CollectionUpdatedEvent<Call>;
  connectionStateChanged: ConnectionStateChangedEvent;
  /** How the news of an incoming call was taken: code 0 when the caller now sees it ringing, else as in errors. */
  handleIncomingCall: (args: { callId: string; participantId: string } & CallEndReason) => void;
}

/** One user's way into calls. */
export interface CallAgent extends EventSource<CallAgentEvents> {
  readonly kind: 'CallAgent';
  /** Whether the server can be reached; a connection that is lost is made again by itself. */
  readonly connectionState: CallAgentConnectionState;
  readonly calls: readonly Call[];
  readonly displayName?: string | undefined;
  /**
   * Calls others: one makes a 1:1 call, more a group call. The call is returned at once and connects by itself; when nobody
   * comes, `callEndReason` says why (docs/calling/end-reasons.md). The microphone and camera are treated as by `join`.
   *
   * @throws CommunicationServicesError 400 without participants or with more than 50, or more than one stream of a kind; 501 for
   * users of Microsoft Teams
   */
  startCall(participants: CommunicationIdentifier[], options?: StartCallOptions): Call;
  /**
   * Joins a group call or the call of a room; the call is returned at once and connects by itself. When the room does not let
   * the user in, `callEndReason` says why: 404/5732 no such room, 403/5828 not invited, 403/5829 not open. A microphone or camera that can't be opened
   * doesn't keep the user out: the call is then joined muted or without video, and `unmute()` or `startVideo()` say why.
   *
   * @throws CommunicationServicesError 400 when the group id is not a UUID, the room id is empty, or there is more than one
   * stream of a kind; 501 for meetings of Microsoft Teams
   */
  join(
    locator: GroupCallLocator | RoomCallLocator | TeamsMeetingLocator,
    options?: JoinCallOptions,
  ): Call;
  /** Leaves every call and closes the connection. */
  dispose(): Promise<void>;
}

export type CallState =
  | 'None'
  | 'Connecting'
  | 'Ringing'
  | 'EarlyMedia'
  | 'Connected'
  | 'LocalHold'
  | 'RemoteHold'
  | 'InLobby'
  | 'Disconnecting'
  | 'Disconnected';

export type CallDirection = 'Incoming' | 'Outgoing';

export interface CallEndReason {
  /** 0 when somebody left; else as in docs/calling/end-reasons.md, or as in errors when the call never began. */
  readonly code: number;
  readonly subCode?: number;
}

export interface CallerInfo {
  /** Undefined until the server has said who the user is. */
  readonly identifier: CommunicationIdentifierKind | undefined;
  readonly displayName?: string;
}

export interface CallInfo {
  /** Of a group call that was joined by it. */
  readonly groupId: string | undefined;
  /** Vaxel's own: of the call of a room. */
  readonly roomId?: string | undefined;
  /** Of Microsoft Teams; always undefined. */
  readonly threadId: string | undefined;
  /** This device in the call; empty until it is joined. */
  readonly participantId: string;
  /** What the server's own interfaces call this call. @throws CommunicationServicesError when it ends before it has one */
  getServerCallId(): Promise<string>;
  onCallInfoChanged(event: 'callInfoChanged', listener: PropertyChangedEvent): void;
  offCallInfoChanged(event: 'callInfoChanged', listener: PropertyChangedEvent): void;
}

export type DtmfTone =
  | 'Num0'
  | 'Num1'
  | 'Num2'
  | 'Num3'
  | 'Num4'
  | 'Num5'
  | 'Num6'
  | 'Num7'
  | 'Num8'
  | 'Num9'
  | 'A'
  | 'B'
  | 'C'
  | 'D'
  | 'Star'
  | 'Pound'
  | 'Flash';

export interface IncomingCallEvents {
  /** It rings no longer, and was not accepted here. */
  callEnded: (args: { callEndReason: CallEndReason }) => void;
  callerInfoChanged: PropertyChangedEvent;
  transferorInfoChanged: PropertyChangedEvent;
}

/** Somebody calls. */
export interface IncomingCall extends EventSource<IncomingCallEvents> {
  readonly kind: 'IncomingCall';
  readonly id: string;
  readonly info: CallInfo;
  readonly callerInfo: CallerInfo;
  /** Set when the call comes of a transfer. */
  readonly transferorInfo?: CallerInfo | undefined;
  readonly callEndReason?: CallEndReason | undefined;
  readonly customContext?: CustomContext | undefined;
  /**
   * Answers; the call is in `agent.calls` before the promise resolves.
   *
   * @throws CommunicationServicesError 404/40402 when it is over, 409/40905 when another device has answered it, 409 when it was
   * accepted or rejected here before
   */
  accept(options?: AcceptCallOptions): Promise<Call>;
  /** Declines, for all devices of the user. */
  reject(): Promise<void>;
}

export interface LobbyEvents {
  lobbyParticipantsUpdated: CollectionUpdatedEvent<RemoteParticipant>;
}

/** Who waits to be let in; shown only to those who may admit them. */
export interface Lobby extends EventSource<LobbyEvents> {
  readonly participants: readonly RemoteParticipant[];
  /** Vaxel's own: whether newcomers of a group call wait. */
  readonly isOn: boolean;
  admit(participant: CommunicationIdentifier): Promise<void>;
  reject(participant: CommunicationIdentifier): Promise<void>;
  admitAll(): Promise<{ successCount: number; failureCount: number }>;
  /** Vaxel's own: makes newcomers of a group call wait, or lets all in. */
  turn(on: boolean): Promise<void>;
}

export interface CallEvents {
  stateChanged: PropertyChangedEvent;
  idChanged: PropertyChangedEvent;
  isMutedChanged: PropertyChangedEvent;
  /** Somebody else muted the microphone; `unmute()` opens it again. */
  mutedByOthers: PropertyChangedEvent;
  isIncomingAudioMutedChanged: PropertyChangedEvent;
  /** Vaxel's own: the browser refuses to play sound before the user touches the page, or no longer does. */
  isIncomingAudioBlockedChanged: PropertyChangedEvent;
  isScreenSharingOnChanged: PropertyChangedEvent;
  roleChanged: PropertyChangedEvent;
  isLocalVideoStartedChanged: PropertyChangedEvent;
  callerInfoChanged: PropertyChangedEvent;
  transferorInfoChanged: PropertyChangedEvent;
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
  readonly direction: CallDirection;
  /** Who called; oneself in an outgoing call. */
  readonly callerInfo: CallerInfo;
  /** Set when the call comes of a transfer. */
  readonly transferorInfo?: CallerInfo | undefined;
  /**
   * In a room: an Attendee shares no screen, a Consumer sends nothing; what the role does not allow rejects with 403/40305. When
   * the role becomes a lesser one, what it does not allow is stopped.
   */
  readonly role: ParticipantRole;
  readonly lobby: Lobby;
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
  /** Everybody else, who is being called among them. */
  readonly remoteParticipants: readonly RemoteParticipant[];

  /** Leaves the call, or ends it for everybody. */
  hangUp(options?: { forEveryone: boolean }): Promise<void>;
  /** Silences the own microphone, for others too. */
  mute(): Promise<void>;
  /** Opens the microphone if it wasn't open. @throws CommunicationServicesError when it can't be */
  unmute(): Promise<void>;
  /** Mutes the microphones of all others; they may unmute themselves. */
  muteAllRemoteParticipants(): Promise<void>;
  /** Silences all others here; they don't notice. */
  muteIncomingAudio(): Promise<void>;
  unmuteIncomingAudio(): Promise<void>;
  /**
   * Sends a camera. Resolves when its picture can flow.
   *
   * @throws CommunicationServicesError when it can't be opened, 409 while another camera is being sent, 408/40801 when it does not
   * connect within 40 s; everything is then as before
   */
  startVideo(stream: LocalVideoStream): Promise<void>;
  stopVideo(stream: LocalVideoStream): Promise<void>;
  /**
   * Sends the screen: the given stream, or what the user picks. It ends by itself when somebody else shares theirs.
   *
   * @throws CommunicationServicesError 403 when nothing is picked, 408/40801 as of `startVideo`
   */
  startScreenSharing(stream?: LocalVideoStream): Promise<void>;
  stopScreenSharing(): Promise<void>;
  /** Uses this microphone or stream instead of the one in use; muted stays muted. */
  startAudio(stream: LocalAudioStream): Promise<void>;
  /** Closes the microphone; `unmute()` opens the selected one. */
  stopAudio(): Promise<void>;
  /** Neither sends nor receives until `resume()`. @throws CommunicationServicesError 409 unless connected */
  hold(): Promise<void>;
  /** @throws CommunicationServicesError 409 unless in LocalHold */
  resume(): Promise<void>;
  sendDtmf(tone: DtmfTone): Promise<void>;
  /**
   * Calls somebody into the call. Their state tells how it goes; when they don't come they are taken off `remoteParticipants`
   * and have a `callEndReason`.
   *
   * @throws CommunicationServicesError 409 unless the call is connected, 501 for users of Microsoft Teams
   */
  addParticipant(
    identifier: CommunicationIdentifier,
    options?: AddPhoneNumberOptions,
  ): RemoteParticipant;
  /** Takes somebody out of the call, or stops calling them. @throws CommunicationServicesError 404 when they are not in it */
  removeParticipant(identifier: CommunicationIdentifier): Promise<void>;
  /** Limits the outgoing camera. @throws CommunicationServicesError 400 */
  setConstraints(constraints: CallConstraints): Promise<void>;
  /** The same object on each call. */
  feature<T extends CallFeature>(factory: CallFeatureFactory<T>): T;
  /** Hangs up, and gives back what the call holds here. */
  dispose(): void;
}

export type RemoteParticipantState =
  | 'Idle'
  | 'Connecting'
  | 'Ringing'
  | 'EarlyMedia'
  | 'Connected'
  | 'Hold'
  | 'InLobby'
  | 'Disconnected';

export interface RemoteParticipantEvents {
  stateChanged: PropertyChangedEvent;
  isMutedChanged: PropertyChangedEvent;
  isSpeakingChanged: PropertyChangedEvent;
  roleChanged: PropertyChangedEvent;
  displayNameChanged: (args: {
    newValue?: string;
    oldValue?: string;
    reason?: 'editedDisplayName';
  }) => void;
  videoStreamsUpdated: CollectionUpdatedEvent<RemoteVideoStream>;
}

/** Somebody else in the call: one user, whatever the number of their devices. */
export interface RemoteParticipant extends EventSource<RemoteParticipantEvents> {
  readonly identifier: CommunicationIdentifierKind;
  readonly displayName?: string | undefined;
  /** Whether they go by another name than they came with. */
  readonly hasDisplayNameChanged?: boolean;
  readonly endpointDetails: { participantId: string }[];
  /** Connecting also while their connection is lost and being made again. */
  readonly state: RemoteParticipantState;
  /** Why they left, or did not come; undefined before. */
  readonly callEndReason?: CallEndReason | undefined;
  readonly role: ParticipantRole;
  readonly isMuted: boolean;
  readonly isSpeaking: boolean;
  /** Cameras and screens being sent. */
  readonly videoStreams: readonly RemoteVideoStream[];
  /** Mutes their microphone; they may unmute themselves. */
  mute(): Promise<void>;
}
