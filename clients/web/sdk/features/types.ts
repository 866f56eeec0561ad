// What applications may name of the features. The classes behind them are the SDK's own.

export type * from './feature';
export type {
  ActiveAudioEffects,
  AudioEffect,
  AudioEffectsFeature,
  AudioEffectsFeatureErrorListener,
  AudioEffectsFeatureEvent,
  AudioEffectsFeatureListener,
  AudioEffectsStartConfig,
  AudioEffectsStopConfig,
  DeepNoiseSuppressionEffect,
  EchoCancellationEffect,
  EchoCancellationEffectName,
  NoiseSuppressionEffectName,
} from './AudioEffects';
export type {
  AudioIssue,
  CallRating,
  CallSurvey,
  CallSurveyFeature,
  CallSurveyResponse,
  OverallIssue,
  RatingScale,
  ScreenshareIssue,
  SubmitSurveyOptions,
  VideoIssue,
} from './CallSurvey';
export type {
  CapabilitiesChangedEventType,
  CapabilitiesChangedReason,
  CapabilitiesChangeHandler,
  CapabilitiesChangeInfo,
  CapabilitiesFeature,
  CapabilityResolutionReason,
  ChangedParticipantCapabilities,
  ParticipantCapabilities,
  ParticipantCapabilityName,
} from './Capabilities';
export type {
  CaptionLanguageChangedEventType,
  Captions,
  CaptionsCallFeature,
  CaptionsCommon,
  CaptionsHandler,
  CaptionsInfo,
  CaptionsKind,
  CaptionsKindChangedEventType,
  CaptionsPropertyChangedEventType,
  CaptionsReceivedEventType,
  CaptionsResultType,
  SpokenLanguageChangedEventType,
  StartCaptionsOptions,
  TeamsCaptions,
  TeamsCaptionsHandler,
  TeamsCaptionsInfo,
} from './Captions';
export type {
  DataChannelCallFeature,
  DataChannelMessage,
  DataChannelPriority,
  DataChannelReceiver,
  DataChannelReceiverCloseEvent,
  DataChannelReceiverCreatedEvent,
  DataChannelReceiverMessageReadyEvent,
  DataChannelReliability,
  DataChannelSender,
  DataChannelSenderOpenOptions,
} from './DataChannel';
export type { DebugInfoCallClientFeature, Environment, EnvironmentInfo } from './DebugInfo';
export type {
  DiagnosticChangedEventArgs,
  DiagnosticFlag,
  DiagnosticValueType,
  LatestDiagnosticValue,
} from './diagnostics/DiagnosticTable';
export type { MediaDiagnosticType } from './diagnostics/MediaDiagnostics';
export type { NetworkDiagnosticType } from './diagnostics/NetworkDiagnostics';
export type {
  RemoteDiagnostic,
  RemoteDiagnostics,
  RemoteParticipantDiagnosticsData,
  ServerDiagnosticType,
} from './diagnostics/RemoteDiagnostics';
export type {
  DominantSpeakersCallFeature,
  DominantSpeakersEvents,
  DominantSpeakersInfo,
} from './DominantSpeakers';
export type {
  BaseMediaAccess,
  MediaAccess,
  MediaAccessCallFeature,
  MediaAccessChangedEvent,
  MediaAccessChangedListener,
  MeetingMediaAccess,
  MeetingMediaAccessChangedEvent,
  MeetingMediaAccessChangedListener,
} from './MediaAccess';
export type {
  IncomingAudioMediaStats,
  IncomingScreenShareMediaStats,
  IncomingVideoMediaStats,
  MediaStatsAggregation,
  MediaStatsCallFeature,
  MediaStatsCollector,
  MediaStatsCollectorOptions,
  MediaStatsReportSample,
  MediaStatsReportSampleEvent,
  MediaStatsReportSummary,
  MediaStatsReportSummaryEvent,
  MediaStatValue,
  OutgoingAudioMediaStats,
  OutgoingScreenShareMediaStats,
  OutgoingVideoMediaStats,
  TransportMediaStats,
} from './MediaStats';
export type { OptimalVideoCountCallFeature, OvcChangeReason } from './OptimalVideoCount';
export type {
  LoweredHandEventType,
  LoweredHandListener,
  RaisedHand,
  RaisedHandChangedEvent,
  RaisedHandEventType,
  RaisedHandListener,
  RaiseHandCallFeature,
} from './RaiseHand';
export type {
  Reaction,
  ReactionCallFeature,
  ReactionEventPayload,
  ReactionListener,
  ReactionMessage,
} from './Reaction';
export type {
  RealTimeTextFeature,
  RealTimeTextInfo,
  RealTimeTextReceivedEventHandler,
  RealTimeTextReceivedEventType,
  RealTimeTextResultType,
} from './RealTimeText';
export type { RecordingCallFeature, RecordingInfo } from './Recording';
export type {
  SpotlightCallFeature,
  SpotlightChangedEventType,
  SpotlightedParticipant,
} from './Spotlight';
export type {
  AssignedBreakoutRoomsEvent,
  BreakoutRoom,
  BreakoutRoomsCallFeature,
  BreakoutRoomsEvent,
  BreakoutRoomsEventData,
  BreakoutRoomsSettings,
  BreakoutRoomsSettingsEvent,
  BreakoutRoomState,
  BreakoutRoomsUpdated,
  BreakoutRoomsUpdatedListener,
  Invitee,
  JoinBreakoutRoomsEvent,
  PPTLiveCallFeature,
  TeamsMeetingAudioConferencingCallFeature,
  TeamsMeetingAudioConferencingDetails,
  TeamsMeetingAudioConferencingPhoneNumber,
  TogetherModeCallFeature,
  TogetherModeSceneSize,
  TogetherModeSceneUpdatedListener,
  TogetherModeSeatingMap,
  TogetherModeSeatingPosition,
  TogetherModeSeatingUpdatedListener,
  TogetherModeVideoStream,
} from './teams';
export type {
  TranscriptionCallFeature,
  TranscriptionPropertyChangedEventType,
} from './Transcription';
export type {
  Transfer,
  TransferAcceptedEvent,
  TransferAcceptedEventType,
  TransferCallFeature,
  TransferErrorCode,
  TransferEventArgs,
  TransferState,
  TransferToCallLocator,
  TransferToCallOptions,
  TransferToParticipantLocator,
  TransferToParticipantOptions,
  TransferToVoicemailLocator,
  TransferToVoicemailOptions,
} from './Transfer';
export type {
  LatestMediaDiagnostics,
  LatestNetworkDiagnostics,
  MediaDiagnosticChangedEventArgs,
  MediaDiagnostics,
  NetworkDiagnosticChangedEventArgs,
  NetworkDiagnostics,
  UserFacingDiagnosticsFeature,
} from './UserFacingDiagnostics';
export type {
  BackgroundBlurConfig,
  BackgroundBlurEffect,
  BackgroundReplacementConfig,
  BackgroundReplacementEffect,
  ProcessedVideoTrack,
  VideoEffect,
  VideoEffectConfig,
  VideoEffectError,
  VideoEffectErrorPayload,
  VideoEffectName,
  VideoEffectProcessor,
  VideoEffectsFeature,
  VideoEffectsFeatureErrorListener,
  VideoEffectsFeatureEvent,
  VideoEffectsFeatureListener,
  VideoTrackProcessor,
} from './VideoEffects';
