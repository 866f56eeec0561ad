// The calling SDK of Vaxel. Names and meanings are those of the ACS calling SDK; what is Vaxel's own says so.

export { CallClient } from './CallClient';
export { LocalVideoStream } from './devices/LocalVideoStream';
export { LocalAudioStream } from './devices/LocalAudioStream';
export { VideoStreamRenderer } from './VideoStreamRenderer';
export { Features } from './features';
export { CommunicationServicesError, ErrorSubCode } from './errors';

export type * from './api';
export type { LocalAudioStreamEvents } from './devices/LocalAudioStream';
export type { LocalStreamOptions, LocalVideoStreamEvents } from './devices/LocalVideoStream';
export type {
  CreateViewOptions,
  ScalingMode,
  VideoStreamRendererView,
} from './VideoStreamRenderer';
export type { CommunicationTokenCredential } from './credential';
export type { CollectionUpdatedEvent, EventSource, PropertyChangedEvent } from './events';
export type { CallFeature, CallFeatureFactory } from './features';
export type {
  DominantSpeakersCallFeature,
  DominantSpeakersEvents,
  DominantSpeakersInfo,
} from './call/DominantSpeakers';
export type {
  CommunicationIdentifierKind,
  CommunicationUserKind,
  PhoneNumberKind,
  UnknownIdentifierKind,
} from './identifiers';
export type { Volume, VolumeEvents } from './media/Volume';
