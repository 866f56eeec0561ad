// The public interfaces, with the names of the ACS calling SDK. Classes that an application makes itself (CallClient,
// LocalVideoStream, LocalAudioStream, VideoStreamRenderer) stand in files of their own.

import type { CollectionUpdatedEvent, EventSource, PropertyChangedEvent } from './events';
import type { Volume } from './media/Volume';

export type * from './callApi';

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

export type MediaStreamType = 'Video' | 'ScreenSharing';

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

export interface VideoDeviceInfo {
  readonly id: string;
  /** Empty until the user has allowed the use of a camera. */
  readonly name: string;
  readonly deviceType: 'Unknown' | 'UsbCamera' | 'ScreenSharing';
}

export interface AudioDeviceInfo {
  readonly id: string;
  /** Empty until the user has allowed the use of a microphone. */
  readonly name: string;
  readonly isSystemDefault: boolean;
  readonly deviceType: 'Microphone' | 'Speaker';
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
  askDevicePermission(constraints: {
    audio: boolean;
    video: boolean;
  }): Promise<{ audio: boolean; video: boolean }>;
}
