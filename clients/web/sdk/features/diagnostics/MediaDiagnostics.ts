import type { CommunicationServicesError } from '../../errors';
import { TrackKind } from '../../generated/vaxel/signaling/v1/signaling_pb';
import type { MediaStatsReportSample } from '../MediaStats';
import { DiagnosticTable } from './DiagnosticTable';

export type MediaDiagnosticType =
  | 'speakingWhileMicrophoneIsMuted'
  | 'noSpeakerDevicesEnumerated'
  | 'noMicrophoneDevicesEnumerated'
  | 'cameraFreeze'
  | 'cameraStartFailed'
  | 'cameraStartTimedOut'
  | 'capturerStartFailed'
  | 'microphoneNotFunctioning'
  | 'microphoneMuteUnexpectedly'
  | 'cameraStoppedUnexpectedly'
  | 'capturerStoppedUnexpectedly'
  | 'screenshareRecordingDisabled'
  | 'microphonePermissionDenied'
  | 'cameraPermissionDenied'
  | 'microphoneNotMuteButSilent';

/** Samples in a row, one each two seconds, without a new frame or any sound. */
const FROZEN_SAMPLES = 3;
const SILENT_SAMPLES = 5;

/** How long opening a camera may take. */
const CAMERA_START_MS = 10_000;

const STOPPED: Partial<Record<TrackKind, MediaDiagnosticType>> = {
  [TrackKind.AUDIO]: 'microphoneNotFunctioning',
  [TrackKind.VIDEO]: 'cameraStoppedUnexpectedly',
  [TrackKind.SCREEN_SHARE]: 'capturerStoppedUnexpectedly',
};

const PERMISSION: Partial<Record<TrackKind, MediaDiagnosticType>> = {
  [TrackKind.AUDIO]: 'microphonePermissionDenied',
  [TrackKind.VIDEO]: 'cameraPermissionDenied',
};

const START_FAILED: Partial<Record<TrackKind, MediaDiagnosticType>> = {
  [TrackKind.VIDEO]: 'cameraStartFailed',
  [TrackKind.SCREEN_SHARE]: 'capturerStartFailed',
  [TrackKind.AUDIO]: 'microphoneNotFunctioning',
};

/** What a browser can know of the own camera, microphone and screen. It is told what happens, and draws the conclusions. */
export class OwnMediaDiagnostics extends DiagnosticTable<MediaDiagnosticType> {
  #cameraStart: ReturnType<typeof setTimeout> | undefined;
  #framesBefore = 0;
  #frozenSamples = 0;
  #silentSamples = 0;

  /** A device is being opened for the call. */
  opening(kind: TrackKind): void {
    if (kind === TrackKind.VIDEO) {
      clearTimeout(this.#cameraStart);
      this.#cameraStart = setTimeout(() => {
        this.setFlag('cameraStartTimedOut', true);
      }, CAMERA_START_MS);
    }
  }

  /** It is open, and sends. */
  started(kind: TrackKind): void {
    this.#opened(kind);
    for (const name of [STOPPED[kind], PERMISSION[kind], START_FAILED[kind]]) {
      if (name !== undefined) {
        this.setFlag(name, false);
      }
    }
    if (kind === TrackKind.VIDEO) {
      this.setFlag('cameraStartTimedOut', false);
    }
    if (kind === TrackKind.SCREEN_SHARE) {
      this.setFlag('screenshareRecordingDisabled', false);
    }
  }

  /** It could not be opened. */
  failed(kind: TrackKind, error: CommunicationServicesError): void {
    this.#opened(kind);
    const permission = PERMISSION[kind];
    if (error.code === 403 && permission !== undefined) {
      this.setFlag(permission, true);
    } else if (error.code === 403 && isRefusedBySystem(error)) {
      this.setFlag('screenshareRecordingDisabled', true);
    }
    const failed = START_FAILED[kind];
    // Who picks no screen has not met a failure.
    if (failed !== undefined && !(kind === TrackKind.SCREEN_SHARE && error.code === 403)) {
      this.setFlag(failed, true);
    }
  }

  /** The device went away, or the browser's own controls ended the sharing. */
  ended(kind: TrackKind): void {
    const stopped = STOPPED[kind];
    if (stopped !== undefined) {
      this.setFlag(stopped, true);
    }
  }

  /** The system took the device's media away for a while, or gave it back. */
  interrupted(kind: TrackKind, isInterrupted: boolean): void {
    if (kind === TrackKind.AUDIO) {
      this.setFlag('microphoneMuteUnexpectedly', isInterrupted);
    } else if (kind === TrackKind.VIDEO) {
      this.setFlag('cameraStoppedUnexpectedly', isInterrupted);
    }
  }

  setPermission(kind: TrackKind, isDenied: boolean): void {
    const permission = PERMISSION[kind];
    if (permission !== undefined) {
      this.setFlag(permission, isDenied);
    }
  }

  setDevices(found: { microphones: number; speakers: number }): void {
    this.setFlag('noMicrophoneDevicesEnumerated', found.microphones === 0);
    this.setFlag('noSpeakerDevicesEnumerated', found.speakers === 0);
  }

  setSpeakingWhileMuted(isSpeaking: boolean): void {
    this.setFlag('speakingWhileMicrophoneIsMuted', isSpeaking);
  }

  /** To be called each two seconds. */
  lookAtStats(sample: MediaStatsReportSample, isMuted: boolean): void {
    const camera = sample.video.send[0];
    const frames = camera?.framesEncoded ?? 0;
    const isFrozen = camera !== undefined && frames > 0 && frames === this.#framesBefore;
    this.#frozenSamples = isFrozen ? this.#frozenSamples + 1 : 0;
    this.#framesBefore = frames;
    this.setFlag('cameraFreeze', this.#frozenSamples >= FROZEN_SAMPLES);

    const level = sample.audio.send[0]?.audioInputLevel;
    this.#silentSamples = !isMuted && level === 0 ? this.#silentSamples + 1 : 0;
    this.setFlag('microphoneNotMuteButSilent', this.#silentSamples >= SILENT_SAMPLES);
  }

  close(): void {
    clearTimeout(this.#cameraStart);
  }

  #opened(kind: TrackKind): void {
    if (kind === TrackKind.VIDEO) {
      clearTimeout(this.#cameraStart);
    }
  }
}

/** macOS lets no browser record the screen before its user has allowed it in the system's settings. */
function isRefusedBySystem(error: CommunicationServicesError): boolean {
  return error.cause instanceof Error && /by system/i.test(error.cause.message);
}
