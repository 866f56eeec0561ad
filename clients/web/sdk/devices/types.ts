import type { CollectionUpdatedEvent, EventSource, PropertyChangedEvent } from '../events';

export type DeviceType = 'Camera' | 'Microphone' | 'Speaker';
export type VideoDeviceType =
  'Unknown' | 'UsbCamera' | 'CaptureAdapter' | 'Virtual' | 'ScreenSharing';
export type AudioDeviceType = 'Microphone' | 'Speaker' | 'CompositeAudioDevice' | 'Virtual';
export type CompositeAudioDeviceType =
  'Speaker' | 'Headphones' | 'Headset' | 'Handset' | 'Speakerphone';

export interface VideoDeviceInfo {
  readonly id: string;
  /** Empty until the user has allowed the use of a camera. */
  readonly name: string;
  readonly deviceType: VideoDeviceType;
}

export interface AudioDeviceInfo {
  readonly id: string;
  /** Empty until the user has allowed the use of a microphone. */
  readonly name: string;
  readonly isSystemDefault: boolean;
  readonly deviceType: AudioDeviceType;
}

/** A device that is a microphone and a speaker. Browsers list the two apart, so none is ever given out. */
export interface CompositeAudioDeviceInfo {
  readonly microphone: AudioDeviceInfo;
  readonly speaker: AudioDeviceInfo;
  readonly compositeAudioDeviceType: CompositeAudioDeviceType;
}

export enum DevicePermissionAccess {
  Granted = 'granted',
  Denied = 'denied',
  Prompt = 'prompt',
}

export interface PermissionConstraints {
  audio: boolean;
  video: boolean;
}
export interface DeviceAccess {
  audio: boolean;
  video: boolean;
}

export interface PreheatParameters {
  preheat: boolean;
  /** After which the device is let go again; 60 unless set, at most 600. */
  timeoutInSec?: number;
}
export interface StartPreheatDeviceParameters {
  audio?: PreheatParameters;
  video?: PreheatParameters;
}
export interface StopPreheatDeviceParameters {
  audio?: boolean;
  video?: boolean;
}

export interface DeviceManagerEvents {
  videoDevicesUpdated: CollectionUpdatedEvent<VideoDeviceInfo>;
  audioDevicesUpdated: CollectionUpdatedEvent<AudioDeviceInfo>;
  selectedMicrophoneChanged: PropertyChangedEvent;
  selectedSpeakerChanged: PropertyChangedEvent;
}

/** Cameras, microphones and speakers of this browser. */
export interface DeviceManager extends EventSource<DeviceManagerEvents> {
  readonly isSpeakerSelectionAvailable: boolean;
  /** Undefined: the system's default. */
  readonly selectedMicrophone?: AudioDeviceInfo | undefined;
  /** Undefined: the system's default. */
  readonly selectedSpeaker?: AudioDeviceInfo | undefined;
  getCameras(): Promise<VideoDeviceInfo[]>;
  getMicrophones(): Promise<AudioDeviceInfo[]>;
  getSpeakers(): Promise<AudioDeviceInfo[]>;
  /** Calls that use the selected microphone switch to this one. */
  selectMicrophone(device: AudioDeviceInfo): Promise<void>;
  /** Calls play on this one. @throws CommunicationServicesError 400 where the browser can't choose */
  selectSpeaker(device: AudioDeviceInfo): Promise<void>;
  /** Asks the user; false where refused or absent. */
  askDevicePermission(constraints: PermissionConstraints): Promise<DeviceAccess>;
  /**
   * Opens the selected microphone or the first camera before a call needs it, so that the call begins sooner.
   *
   * @throws CommunicationServicesError when a device can't be opened, 400 for a time that is none
   */
  startPreheatDevices(parameters: StartPreheatDeviceParameters): Promise<void>;
  /** Lets go of what was opened. */
  stopPreheatDevices(parameters: StopPreheatDeviceParameters): void;
}
