// What there is in Teams meetings only. The features exist, so that an application that asks for them goes on; they are
// inactive and empty, and what they could do is refused with 501.

import type { PhoneNumberIdentifier } from '@azure/communication-common';

import type { Call, StreamSize } from '../api';
import { notSupported } from '../errors';
import type { CollectionUpdatedEvent, EventSource, PropertyChangedEvent } from '../events';
import type { CommunicationIdentifier } from '../identifiers';
import type { CallFeature } from './feature';
import { OwnCallFeature } from './feature';

export interface PPTLiveEvents {
  isActiveChanged: PropertyChangedEvent;
}
export interface PPTLiveCallFeature extends CallFeature, EventSource<PPTLiveEvents> {
  /** Always false. */
  readonly isActive: boolean;
  /** An empty element. */
  readonly target: HTMLElement;
  readonly activePresenterId?: CommunicationIdentifier;
}

export class PPTLiveFeature extends OwnCallFeature<PPTLiveEvents> implements PPTLiveCallFeature {
  readonly name = 'PPTLive';
  readonly isActive = false;
  readonly target = document.createElement('div');
}

export type BreakoutRoomState = 'open' | 'closed';
export interface Invitee {
  readonly identifier: CommunicationIdentifier;
}
export interface BreakoutRoom {
  readonly threadId: string;
  readonly displayName?: string;
  readonly state: BreakoutRoomState;
  readonly autoMoveParticipantToBreakoutRoom?: boolean;
  readonly invitees?: Invitee[];
  readonly call?: Call;
  join(): Promise<Call>;
  returnToMainMeeting(): Promise<Call>;
}
export interface BreakoutRoomsSettings {
  disableReturnToMainMeeting?: boolean;
  roomEndTime?: { attemptTimestamp: number | '' } | { deltaTimeInMs: number | '' };
}
export interface BreakoutRoomsEvent {
  type: 'breakoutRooms';
  data: BreakoutRoom[] | undefined;
}
export interface AssignedBreakoutRoomsEvent {
  type: 'assignedBreakoutRooms';
  data: BreakoutRoom | undefined;
}
export interface BreakoutRoomsSettingsEvent {
  type: 'breakoutRoomsSettings';
  data: BreakoutRoomsSettings | undefined;
}
export interface JoinBreakoutRoomsEvent {
  type: 'join';
  data: Call;
}
export type BreakoutRoomsEventData =
  | BreakoutRoomsEvent
  | AssignedBreakoutRoomsEvent
  | BreakoutRoomsSettingsEvent
  | JoinBreakoutRoomsEvent;
export type BreakoutRoomsUpdated = 'breakoutRoomsUpdated';
export type BreakoutRoomsUpdatedListener = (eventData: BreakoutRoomsEventData) => void;
export type BreakoutRoomsFeatureEvents = Record<BreakoutRoomsUpdated, BreakoutRoomsUpdatedListener>;
export interface BreakoutRoomsCallFeature
  extends CallFeature, EventSource<BreakoutRoomsFeatureEvents> {
  readonly assignedBreakoutRooms?: BreakoutRoom;
  readonly breakoutRoomsSettings?: BreakoutRoomsSettings;
  readonly breakoutRooms?: BreakoutRoom[];
}

export class BreakoutRoomsFeature
  extends OwnCallFeature<BreakoutRoomsFeatureEvents>
  implements BreakoutRoomsCallFeature
{
  readonly name = 'BreakoutRooms';
}

export interface TogetherModeSeatingPosition {
  top: number;
  left: number;
  width: number;
  height: number;
}
export type TogetherModeSeatingMap = Map<string, TogetherModeSeatingPosition>;
export type TogetherModeSceneSize = StreamSize;
export type TogetherModeSceneUpdatedListener = (data: TogetherModeSeatingMap) => void;
export type TogetherModeSeatingUpdatedListener = (data: TogetherModeSeatingMap) => void;
export interface TogetherModeVideoStreamEvents {
  isAvailableChanged: PropertyChangedEvent;
  isReceivingChanged: PropertyChangedEvent;
  sizeChanged: PropertyChangedEvent;
}
export interface TogetherModeVideoStream extends EventSource<TogetherModeVideoStreamEvents> {
  readonly id: number;
  readonly mediaStreamType: 'Video' | 'ScreenSharing' | 'RawMedia' | 'LiveStream' | 'Audio';
  readonly isAvailable: boolean;
  readonly isReceiving: boolean;
  readonly size: StreamSize;
}
export interface TogetherModeEvents {
  togetherModeStreamsUpdated: CollectionUpdatedEvent<TogetherModeVideoStream>;
  togetherModeSceneUpdated: TogetherModeSceneUpdatedListener;
  togetherModeSeatingUpdated: TogetherModeSeatingUpdatedListener;
}
export interface TogetherModeCallFeature extends CallFeature, EventSource<TogetherModeEvents> {
  /** Always empty. */
  readonly togetherModeStream: readonly TogetherModeVideoStream[];
  readonly togetherModeSeatingMap: TogetherModeSeatingMap;
  sceneSize: TogetherModeSceneSize;
  /** @throws CommunicationServicesError 501, always */
  start(): Promise<void>;
}

export class TogetherModeFeature
  extends OwnCallFeature<TogetherModeEvents>
  implements TogetherModeCallFeature
{
  readonly name = 'TogetherMode';
  readonly togetherModeStream: readonly TogetherModeVideoStream[] = [];
  readonly togetherModeSeatingMap: TogetherModeSeatingMap = new Map();
  sceneSize: TogetherModeSceneSize = { width: 0, height: 0 };

  start(): Promise<void> {
    return Promise.reject(notSupported('Together mode'));
  }
}

export interface TeamsMeetingAudioConferencingPhoneNumber {
  readonly tollPhoneNumber?: PhoneNumberIdentifier;
  readonly tollFreePhoneNumber?: PhoneNumberIdentifier;
  readonly countryName?: string;
  readonly cityName?: string;
}
export interface TeamsMeetingAudioConferencingDetails {
  readonly phoneConferenceId: string;
  readonly phoneNumbers: TeamsMeetingAudioConferencingPhoneNumber[];
}
export interface TeamsMeetingAudioConferencingCallFeature extends CallFeature {
  /** @throws CommunicationServicesError 501, always */
  getTeamsMeetingAudioConferencingDetails(): Promise<TeamsMeetingAudioConferencingDetails>;
}

export class TeamsMeetingAudioConferencingFeature
  extends OwnCallFeature<Record<string, never>>
  implements TeamsMeetingAudioConferencingCallFeature
{
  readonly name = 'TeamsMeetingAudioConferencing';

  getTeamsMeetingAudioConferencingDetails(): Promise<TeamsMeetingAudioConferencingDetails> {
    return Promise.reject(notSupported('Dial-in numbers of a meeting'));
  }
}
