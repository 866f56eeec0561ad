// The public interfaces, with the names of the ACS calling SDK. Classes that an application makes itself (CallClient,
// LocalVideoStream, LocalAudioStream, VideoStreamRenderer) stand in files of their own.

import type { EventSource, PropertyChangedEvent } from './events';
import type { Volume } from './media/Volume';

export type * from './callApi';
export type * from './devices/types';

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
  /** Taken and not sent anywhere: there is no telemetry. */
  diagnostics?: DiagnosticOptions;
  networkConfiguration?: NetworkConfiguration;
}

export interface DiagnosticOptions {
  appName?: string;
  appVersion?: string;
  tags?: string[];
}

export interface NetworkConfiguration {
  /** Taken and without effect: a browser's proxy is the browser's to choose. */
  proxy?: ProxyConfiguration;
  /** Taken and without effect: the server is reached over UDP, or else TCP, without a relay. */
  turn?: TurnConfiguration;
}
export interface ProxyConfiguration {
  url: string;
}
export interface TurnConfiguration {
  iceServers: IceServer[];
}
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** What this SDK gives out is Video, ScreenSharing and Audio. */
export type MediaStreamType = 'Video' | 'ScreenSharing' | 'RawMedia' | 'LiveStream' | 'Audio';

/** In pixels. */
export interface StreamSize {
  width: number;
  height: number;
}

export interface RemoteVideoStreamEvents {
  isAvailableChanged: PropertyChangedEvent;
  isReceivingChanged: PropertyChangedEvent;
  sizeChanged: PropertyChangedEvent;
}

/** What all streams of others have. */
export interface RemoteVideoStreamCommon {
  readonly id: number;
  readonly mediaStreamType: MediaStreamType;
  /** Frames arrive here now. */
  readonly isReceiving: boolean;
  /** Of the frames that arrive, in pixels; zero before the first. */
  readonly size: StreamSize;
}

/**
 * A camera or a screen of somebody else. Its media is asked of the server while a view of a `VideoStreamRenderer` shows it or
 * after `getMediaStream()`, and only then.
 */
export interface RemoteVideoStream
  extends RemoteVideoStreamCommon, EventSource<RemoteVideoStreamEvents> {
  /** The sender is sending. */
  readonly isAvailable: boolean;
  /** @throws CommunicationServicesError 404 when the stream is not available or ends meanwhile */
  getMediaStream(): Promise<MediaStream>;
}

/** What the others say, as one stream. */
export interface RemoteAudioStream {
  getMediaStream(): Promise<MediaStream>;
  getVolume(): Promise<Volume>;
}
