// Names of types that applications of the ACS calling SDK may use, for what has another shape or name here, and what is Teams'.

import type {
  CommunicationIdentifier,
  MicrosoftTeamsAppIdentifier,
  MicrosoftTeamsUserIdentifier,
} from '@azure/communication-common';

import type {
  AddPhoneNumberOptions,
  Call,
  CallAgent,
  CallAgentConnectionState,
  CallAgentEvents,
  CallInfo,
  CustomContext,
  CustomHeader,
  IncomingCall,
  IncomingCallEvents,
  JoinCallOptions,
  Lobby,
  TeamsMeetingCoordinatesLocator,
  VideoConstraints,
} from './callApi';
import type { CallAgentFeature } from './features/feature';
import type { EventSource } from './events';

export type CallCommon = Omit<Call, 'addParticipant' | 'removeParticipant'>;
export type CallAgentCommon = Pick<CallAgent, 'kind' | 'connectionState' | 'dispose'>;
export type CallInfoCommon = Omit<CallInfo, 'groupId' | 'roomId'>;
export type IncomingCallCommon = Omit<IncomingCall, 'info' | 'accept'>;

export type ConnectionState = CallAgentConnectionState;
export type ConnectionStateChangedReason = 'invalidToken' | 'connectionIssue';
export type IncomingCallEvent = CallAgentEvents['incomingCall'];
export type HandleIncomingCallEvent = CallAgentEvents['handleIncomingCall'];
export type CallEndedEvent = IncomingCallEvents['callEnded'];
export type DisplayNameChangedReason = 'editedDisplayName';
export type PropertyChangedEventWithArgs<TValue, TReason = void> = (args: {
  newValue?: TValue;
  oldValue?: TValue;
  reason?: TReason;
}) => void;

export interface HangUpOptions {
  forEveryone: boolean;
}
export interface EmergencyCallOptions {
  countryCode?: string;
}
export type CustomContextOptions = Pick<CustomContext, 'userToUser' | 'xHeaders'>;
export type xHeader = CustomHeader;
export type VideoSendConstraints = NonNullable<VideoConstraints['send']>;
export type AdmitAllOperationResult = Awaited<ReturnType<Lobby['admitAll']>>;
export type AdmitLobbyParticipantOptions = object;
export type RejectLobbyParticipantOptions = object;
export type LocalStreamState = 'Started' | 'Stopped';
export type LocalStreamStopReason = 'appRequested' | 'trackEnded' | 'sessionEnded';

// ---- Microsoft Teams: nothing of these is ever given out ----

export interface OnBehalfOfOptions {
  userId: MicrosoftTeamsUserIdentifier | MicrosoftTeamsAppIdentifier;
}
export interface StartTeamsCallOptions extends JoinCallOptions {
  customContext?: CustomContext;
  onBehalfOfOptions?: OnBehalfOfOptions;
}
export interface StartTeamsGroupCallOptions extends StartTeamsCallOptions {
  threadId?: string;
}
export interface AddTeamsParticipantOptions {
  threadId?: string;
}
export type TeamsCallAgentOptions = object;
export type TeamsCallInfo = CallInfoCommon;
export interface TeamsCall extends CallCommon {
  readonly isEmergencyCall?: boolean | undefined;
  addParticipant(
    participant: CommunicationIdentifier,
    options?: AddTeamsParticipantOptions & AddPhoneNumberOptions,
  ): ReturnType<Call['addParticipant']>;
  removeParticipant(participant: CommunicationIdentifier): Promise<void>;
}
export interface TeamsIncomingCall extends IncomingCallCommon {
  readonly info: TeamsCallInfo;
  accept(options?: JoinCallOptions): Promise<TeamsCall>;
}
export type TeamsIncomingCallEvent = (args: { incomingCall: TeamsIncomingCall }) => void;
export interface TeamsCallAgent
  extends
    CallAgentCommon,
    EventSource<{
      incomingCall: TeamsIncomingCallEvent;
      callsUpdated: (args: { added: TeamsCall[]; removed: TeamsCall[] }) => void;
      connectionStateChanged: CallAgentEvents['connectionStateChanged'];
    }> {
  readonly calls: readonly TeamsCall[];
  startCall(
    participants: CommunicationIdentifier | CommunicationIdentifier[],
    options?: StartTeamsGroupCallOptions,
  ): TeamsCall;
  join(
    locator: { meetingLink: string } | { meetingId: string; passcode?: string },
    options?: JoinCallOptions,
  ): TeamsCall;
}

// ---- moving a call from one device to another, for which there is no key in Features ----

export interface ActiveCallDetailsCommon {
  callId: string;
  userJoinTime: Date;
}
export interface ActiveCallDetails extends ActiveCallDetailsCommon {
  participants: CommunicationIdentifier[];
}
export interface ActiveMeetingDetails extends ActiveCallDetailsCommon {
  meetingLocator: TeamsMeetingCoordinatesLocator;
}
export type ActiveCallsUpdatedEvent = (args: {
  activeCalls: (ActiveCallDetails | ActiveMeetingDetails)[];
}) => void;
export type NoActiveCallsEvent = () => void;
export interface ActiveCallTransferOptions {
  isTransfer: boolean;
  joinCallOptions?: JoinCallOptions;
}
export interface ActiveCallTransferFeature
  extends
    CallAgentFeature,
    EventSource<{
      activeCallsUpdated: ActiveCallsUpdatedEvent;
      noActiveCalls: NoActiveCallsEvent;
    }> {
  activeCallTransfer(
    activeCall: ActiveCallDetails | ActiveMeetingDetails,
    options?: ActiveCallTransferOptions,
  ): Promise<Call | TeamsCall>;
  getActiveCallDetails(): Promise<(ActiveCallDetails | ActiveMeetingDetails)[] | undefined>;
}
