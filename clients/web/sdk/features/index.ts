import { OwnAudioEffectsFeature } from './AudioEffects';
import type { AudioEffectsFeature } from './AudioEffects';
import { OwnCallSurveyFeature } from './CallSurvey';
import type { CallSurveyFeature } from './CallSurvey';
import { OwnCapabilitiesFeature } from './Capabilities';
import type { CapabilitiesFeature } from './Capabilities';
import { CaptionsFeature } from './Captions';
import type { CaptionsCallFeature } from './Captions';
import { DataChannelFeature } from './DataChannel';
import type { DataChannelCallFeature } from './DataChannel';
import { DebugInfoFeature } from './DebugInfo';
import type { DebugInfoCallClientFeature } from './DebugInfo';
import { DominantSpeakersFeature } from './DominantSpeakers';
import type { DominantSpeakersCallFeature } from './DominantSpeakers';
import type {
  AudioStreamFeatureFactory,
  CallClientFeatureFactory,
  CallFeatureFactory,
  VideoStreamFeatureFactory,
} from './feature';
import { MediaAccessFeature } from './MediaAccess';
import type { MediaAccessCallFeature } from './MediaAccess';
import { MediaStatsFeature } from './MediaStats';
import type { MediaStatsCallFeature } from './MediaStats';
import { OptimalVideoCountFeature } from './OptimalVideoCount';
import type { OptimalVideoCountCallFeature } from './OptimalVideoCount';
import { RaiseHandFeature } from './RaiseHand';
import type { RaiseHandCallFeature } from './RaiseHand';
import { ReactionFeature } from './Reaction';
import type { ReactionCallFeature } from './Reaction';
import { OwnRealTimeTextFeature } from './RealTimeText';
import type { RealTimeTextFeature } from './RealTimeText';
import { RecordingFeature } from './Recording';
import type { RecordingCallFeature } from './Recording';
import { SpotlightFeature } from './Spotlight';
import type { SpotlightCallFeature } from './Spotlight';
import {
  BreakoutRoomsFeature,
  PPTLiveFeature,
  TeamsMeetingAudioConferencingFeature,
  TogetherModeFeature,
} from './teams';
import type {
  BreakoutRoomsCallFeature,
  PPTLiveCallFeature,
  TeamsMeetingAudioConferencingCallFeature,
  TogetherModeCallFeature,
} from './teams';
import { TranscriptionFeature } from './Transcription';
import type { TranscriptionCallFeature } from './Transcription';
import { TransferFeature } from './Transfer';
import type { TransferCallFeature } from './Transfer';
import { OwnUserFacingDiagnosticsFeature } from './UserFacingDiagnostics';
import type { UserFacingDiagnosticsFeature } from './UserFacingDiagnostics';
import { OwnVideoEffectsFeature } from './VideoEffects';
import type { VideoEffectsFeature } from './VideoEffects';

export type { CallFeature, CallFeatureFactory } from './feature';

/** The features that there are. Applications may bring factories of their own. */
export const Features: {
  readonly Recording: CallFeatureFactory<RecordingCallFeature>;
  readonly Transfer: CallFeatureFactory<TransferCallFeature>;
  readonly Transcription: CallFeatureFactory<TranscriptionCallFeature>;
  readonly Captions: CallFeatureFactory<CaptionsCallFeature>;
  readonly RaiseHand: CallFeatureFactory<RaiseHandCallFeature>;
  readonly Reaction: CallFeatureFactory<ReactionCallFeature>;
  readonly Spotlight: CallFeatureFactory<SpotlightCallFeature>;
  /** Teams only. */
  readonly PPTLive: CallFeatureFactory<PPTLiveCallFeature>;
  /** Teams only. */
  readonly BreakoutRooms: CallFeatureFactory<BreakoutRoomsCallFeature>;
  readonly Capabilities: CallFeatureFactory<CapabilitiesFeature>;
  readonly DominantSpeakers: CallFeatureFactory<DominantSpeakersCallFeature>;
  readonly CallSurvey: CallFeatureFactory<CallSurveyFeature>;
  readonly UserFacingDiagnostics: CallFeatureFactory<UserFacingDiagnosticsFeature>;
  readonly MediaStats: CallFeatureFactory<MediaStatsCallFeature>;
  readonly DebugInfo: CallClientFeatureFactory<DebugInfoCallClientFeature>;
  readonly VideoEffects: VideoStreamFeatureFactory<VideoEffectsFeature>;
  readonly AudioEffects: AudioStreamFeatureFactory<AudioEffectsFeature>;
  readonly DataChannel: CallFeatureFactory<DataChannelCallFeature>;
  readonly OptimalVideoCount: CallFeatureFactory<OptimalVideoCountCallFeature>;
  /** Teams only. */
  readonly TeamsMeetingAudioConferencing: CallFeatureFactory<TeamsMeetingAudioConferencingCallFeature>;
  /** Teams only. */
  readonly TogetherMode: CallFeatureFactory<TogetherModeCallFeature>;
  readonly MediaAccess: CallFeatureFactory<MediaAccessCallFeature>;
  readonly RealTimeText: CallFeatureFactory<RealTimeTextFeature>;
} = {
  Recording: { callApiCtor: RecordingFeature },
  Transfer: { callApiCtor: TransferFeature },
  Transcription: { callApiCtor: TranscriptionFeature },
  Captions: { callApiCtor: CaptionsFeature },
  RaiseHand: { callApiCtor: RaiseHandFeature },
  Reaction: { callApiCtor: ReactionFeature },
  Spotlight: { callApiCtor: SpotlightFeature },
  PPTLive: { callApiCtor: PPTLiveFeature },
  BreakoutRooms: { callApiCtor: BreakoutRoomsFeature },
  Capabilities: { callApiCtor: OwnCapabilitiesFeature },
  DominantSpeakers: { callApiCtor: DominantSpeakersFeature },
  CallSurvey: { callApiCtor: OwnCallSurveyFeature },
  UserFacingDiagnostics: { callApiCtor: OwnUserFacingDiagnosticsFeature },
  MediaStats: { callApiCtor: MediaStatsFeature },
  DebugInfo: { callClientApiCtor: DebugInfoFeature },
  VideoEffects: { videoStreamApiCtor: OwnVideoEffectsFeature },
  AudioEffects: { audioStreamApiCtor: OwnAudioEffectsFeature },
  DataChannel: { callApiCtor: DataChannelFeature },
  OptimalVideoCount: { callApiCtor: OptimalVideoCountFeature },
  TeamsMeetingAudioConferencing: { callApiCtor: TeamsMeetingAudioConferencingFeature },
  TogetherMode: { callApiCtor: TogetherModeFeature },
  MediaAccess: { callApiCtor: MediaAccessFeature },
  RealTimeText: { callApiCtor: OwnRealTimeTextFeature },
};
