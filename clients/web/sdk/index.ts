// The calling SDK of Vaxel. Names and meanings are those of the ACS calling SDK; what is Vaxel's own says so.

export { CallClient } from './CallClient';
export { LocalVideoStream } from './devices/LocalVideoStream';
export { LocalAudioStream } from './devices/LocalAudioStream';
export { WbLocalVideoStream } from './devices/WbLocalVideoStream';
export { DevicePermissionAccess } from './devices/types';
export { VideoStreamRenderer } from './VideoStreamRenderer';
export { Features } from './features';
export { RecordingState } from './features/Recording';
export { DiagnosticQuality } from './features/diagnostics/DiagnosticTable';
export { CallAgentKind, CallKind, IncomingCallKind } from './kinds';
export { disconnectCategoryMap } from './disconnectReasons';
export { CommunicationServicesError, ErrorSubCode } from './errors';

export type * from './api';
export type * from './typeNames';
export type * from './features/types';
export type {
  AudioSourceChangedEvent,
  LocalAudioStreamEvents,
  LocalAudioStreamOptions,
} from './devices/LocalAudioStream';
export type {
  LocalStreamOptions,
  LocalVideoStreamEvents,
  LocalVideoStreamOptions,
  VideoSourceChangedEvent,
} from './devices/LocalVideoStream';
export type {
  CreateViewOptions,
  ScalingMode,
  VideoStreamRendererView,
} from './VideoStreamRenderer';
export type { DisconnectCategory, DisconnectReason } from './disconnectReasons';
export type { CommunicationTokenCredential } from './credential';
export type { CollectionUpdatedEvent, EventSource, PropertyChangedEvent } from './events';
export type {
  CommunicationIdentifierKind,
  CommunicationUserKind,
  PhoneNumberKind,
  UnknownIdentifierKind,
} from './identifiers';
export type { Volume, VolumeEvents } from './media/Volume';
