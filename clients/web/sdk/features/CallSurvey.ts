import { invalidArgument } from '../errors';
import type { CallFeature } from './feature';
import { OwnCallFeature } from './feature';

export type OverallIssue = (typeof ISSUES.overall)[number];
export type AudioIssue = (typeof ISSUES.audio)[number];
export type VideoIssue = (typeof ISSUES.video)[number];
export type ScreenshareIssue = (typeof ISSUES.screenshare)[number];

const ISSUES = {
  overall: [
    'CallCannotJoin',
    'CallCannotInvite',
    'HadToRejoin',
    'CallEndedUnexpectedly',
    'OtherIssues',
  ],
  audio: [
    'NoLocalAudio',
    'NoRemoteAudio',
    'Echo',
    'AudioNoise',
    'LowVolume',
    'AudioStoppedUnexpectedly',
    'DistortedSpeech',
    'AudioInterruption',
    'OtherIssues',
  ],
  video: [
    'NoVideoReceived',
    'NoVideoSent',
    'LowQuality',
    'Freezes',
    'StoppedUnexpectedly',
    'DarkVideoReceived',
    'AudioVideoOutOfSync',
    'OtherIssues',
  ],
  screenshare: [
    'NoContentLocal',
    'NoContentRemote',
    'CannotPresent',
    'LowQuality',
    'Freezes',
    'StoppedUnexpectedly',
    'LargeDelay',
    'OtherIssues',
  ],
} as const;

/** In place of 1 to 5. */
export interface RatingScale {
  /** 0 to 100. */
  lowerBound: number;
  /** 0 to 100, above the lower one. */
  upperBound: number;
  /** A score above this is a good one. */
  lowScoreThreshold: number;
}

export interface CallRating<
  TIssue extends AudioIssue | OverallIssue | ScreenshareIssue | VideoIssue,
> {
  /** Within the scale. */
  score: number;
  issues?: TIssue[];
  scale?: RatingScale;
}

export interface CallSurvey {
  overallRating?: CallRating<OverallIssue>;
  audioRating?: CallRating<AudioIssue>;
  videoRating?: CallRating<VideoIssue>;
  screenshareRating?: CallRating<ScreenshareIssue>;
}

export type SubmitSurveyOptions = object;

/** The survey, with what names it. */
export interface CallSurveyResponse extends CallSurvey {
  readonly id: string;
  readonly callId: string;
  readonly localParticipantId: string;
}

export interface CallSurveyFeature extends CallFeature {
  /**
   * Checks what the user thinks of the call, and gives it an id. It stays with the application: this server keeps no surveys.
   * Possible after the call too.
   *
   * @throws CommunicationServicesError 400 when there is no rating, a score is off its scale or an issue is none
   */
  submitSurvey(survey: CallSurvey, options?: SubmitSurveyOptions): Promise<CallSurveyResponse>;
}

const USUAL: RatingScale = { lowerBound: 1, upperBound: 5, lowScoreThreshold: 2 };

export class OwnCallSurveyFeature
  extends OwnCallFeature<Record<string, never>>
  implements CallSurveyFeature
{
  readonly name = 'CallSurvey';

  async submitSurvey(survey: CallSurvey): Promise<CallSurveyResponse> {
    const { overallRating, audioRating, videoRating, screenshareRating } = survey;
    const ratings = [
      check('overallRating', overallRating, ISSUES.overall),
      check('audioRating', audioRating, ISSUES.audio),
      check('videoRating', videoRating, ISSUES.video),
      check('screenshareRating', screenshareRating, ISSUES.screenshare),
    ];
    if (!ratings.includes(true)) {
      throw invalidArgument('A survey must have one rating at least');
    }
    return Promise.resolve({
      ...survey,
      id: crypto.randomUUID(),
      callId: this.call.id,
      localParticipantId: this.call.info.participantId,
    });
  }
}

/** Whether there is a rating. @throws CommunicationServicesError 400 when it is a wrong one */
function check(
  name: string,
  rating: { score: number; issues?: string[]; scale?: RatingScale } | undefined,
  issues: readonly string[],
): boolean {
  if (rating === undefined) {
    return false;
  }
  const { lowerBound, upperBound, lowScoreThreshold } = rating.scale ?? USUAL;
  const isScale =
    lowerBound >= 0 &&
    upperBound <= 100 &&
    lowerBound < upperBound &&
    lowScoreThreshold >= lowerBound &&
    lowScoreThreshold <= upperBound;
  if (!isScale) {
    throw invalidArgument(`${name}.scale must go from 0 at least to 100 at most`);
  }
  if (!(rating.score >= lowerBound && rating.score <= upperBound)) {
    throw invalidArgument(
      `${name}.score must be from ${String(lowerBound)} to ${String(upperBound)}`,
    );
  }
  const unknown = rating.issues?.find((issue) => !issues.includes(issue));
  if (unknown !== undefined) {
    throw invalidArgument(`${name}.issues has ${unknown}, which is none`);
  }
  return true;
}
