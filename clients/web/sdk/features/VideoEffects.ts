import type { LocalVideoStream } from '../devices/LocalVideoStream';
import type { Lease } from '../devices/LocalSource';
import { streamNotAvailable, notPossible } from '../errors';
import type { EventSource } from '../events';
import { Emitter } from '../events';
import { SerialQueue } from '../media/SerialQueue';
import type { VideoStreamFeature, VideoStreamFeatureContext } from './feature';

export type VideoEffectName = 'BackgroundBlur' | 'BackgroundReplacement';
export type VideoEffectError = 'FailedToProcess' | 'FailedToFetchImage';

export interface VideoEffectConfig {
  /** In milliseconds, before `timeForEffectsWarningReached`; 20,000 unless set. */
  effectInitTimeThresholdInMs?: number;
  /** Frames a second below which an effect warns; 5 unless set. */
  fpsWarningThreshold?: number;
}
export type BackgroundBlurConfig = VideoEffectConfig;
export interface BackgroundReplacementConfig extends VideoEffectConfig {
  backgroundImageUrl: string;
}

export interface VideoEffect {
  readonly name: VideoEffectName;
  isSupported(): Promise<boolean>;
}
export interface BackgroundBlurEffect extends VideoEffect {
  configure(config: BackgroundBlurConfig): Promise<void>;
}
export interface BackgroundReplacementEffect extends VideoEffect {
  configure(config: BackgroundReplacementConfig): Promise<void>;
}
export type VideoEffectProcessor = BackgroundBlurEffect | BackgroundReplacementEffect;

/**
 * Vaxel's own: what an effect must be able to do besides. The SDK brings no effect of its own, and those of the package of effects for ACS
 * are not supported: they don't say how they work on pictures.
 */
export interface VideoTrackProcessor {
  /** Makes a track of a camera's; the camera's goes on. The result is sent and shown in its place until stopped. */
  process(track: MediaStreamTrack): Promise<ProcessedVideoTrack>;
}
export interface ProcessedVideoTrack {
  readonly track: MediaStreamTrack;
  /** The track is needed no more. */
  stop(): void;
}

export interface VideoEffectErrorPayload {
  code: number;
  message: string;
}
export type VideoEffectsFeatureEvent = keyof VideoEffectsEvents;
export type VideoEffectsFeatureListener = (effects: VideoEffectName[]) => void;
export type VideoEffectsFeatureErrorListener = (error: VideoEffectErrorPayload) => void;

export interface VideoEffectsEvents {
  effectsStarted: VideoEffectsFeatureListener;
  effectsStopped: VideoEffectsFeatureListener;
  effectsError: VideoEffectsFeatureErrorListener;
  /** Never told: the effect itself knows its speed. */
  fpsWarningThresholdReached: VideoEffectsFeatureListener;
  /** The effect has not begun within 20 s; it may still. */
  timeForEffectsWarningReached: VideoEffectsFeatureListener;
}

export interface VideoEffectsFeature extends VideoStreamFeature, EventSource<VideoEffectsEvents> {
  /** Whether the effect is a VideoTrackProcessor that says so too. */
  isSupported(effect: VideoEffectProcessor): Promise<boolean>;
  /** Opens the camera if need be, and puts the effect in place of the one before. @throws CommunicationServicesError 501 */
  startEffects(effect: VideoEffectProcessor): Promise<void>;
  stopEffects(): Promise<void>;
  readonly activeEffects: VideoEffectName[];
}

const START_WARNING_MS = 20_000;

/** 500: the application's effect failed. */
const FAILED = 500;

interface Active {
  effect: VideoEffectProcessor & VideoTrackProcessor;
  processed: ProcessedVideoTrack;
  lease: Lease;
}

export class OwnVideoEffectsFeature
  extends Emitter<VideoEffectsEvents>
  implements VideoEffectsFeature
{
  readonly name = 'VideoEffects';
  readonly #stream: LocalVideoStream;
  readonly #changes = new SerialQueue();
  readonly #replacedBehind = (media: MediaStream): void => {
    this.#changes
      .run(() => this.#processAgain(media))
      .catch((error: unknown) => {
        this.#failed(error);
      });
  };
  #active: Active | undefined;

  constructor(context: VideoStreamFeatureContext) {
    super();
    this.#stream = context.streamInstance;
    this.#stream.localSource.on('replacedBehind', this.#replacedBehind);
  }

  get activeEffects(): VideoEffectName[] {
    return this.#active === undefined ? [] : [this.#active.effect.name];
  }

  async isSupported(effect: VideoEffectProcessor): Promise<boolean> {
    return isProcessor(effect) && (await effect.isSupported());
  }

  async startEffects(effect: VideoEffectProcessor): Promise<void> {
    if (!isProcessor(effect) || !(await effect.isSupported())) {
      throw notPossible('The effect does not work on tracks, or not in this browser');
    }
    await this.#changes.run(async () => {
      await this.#stop();
      const warning = setTimeout(() => {
        this.emit('timeForEffectsWarningReached', [effect.name]);
      }, START_WARNING_MS);
      const lease = await this.#stream.localSource.acquire();
      try {
        const processed = await effect.process(videoOf(lease.stream));
        this.#active = { effect, processed, lease };
        await this.#stream.localSource.substitute(new MediaStream([processed.track]));
      } catch (error) {
        lease.release();
        this.#failed(error);
        throw error;
      } finally {
        clearTimeout(warning);
      }
      this.emit('effectsStarted', [effect.name]);
    });
  }

  stopEffects(): Promise<void> {
    return this.#changes.run(() => this.#stop());
  }

  dispose(): void {
    this.#stream.localSource.off('replacedBehind', this.#replacedBehind);
    const active = this.#active;
    this.#active = undefined;
    active?.processed.stop();
    active?.lease.release();
    void this.#stream.localSource.substitute(undefined);
  }

  async #stop(): Promise<void> {
    const active = this.#active;
    if (active !== undefined) {
      this.#active = undefined;
      await this.#stream.localSource.substitute(undefined);
      active.processed.stop();
      active.lease.release();
      this.emit('effectsStopped', [active.effect.name]);
    }
  }

  /** The camera is another one. */
  async #processAgain(media: MediaStream): Promise<void> {
    const active = this.#active;
    if (active !== undefined) {
      const before = active.processed;
      active.processed = await active.effect.process(videoOf(media));
      await this.#stream.localSource.substitute(new MediaStream([active.processed.track]));
      before.stop();
    }
  }

  #failed(error: unknown): void {
    const message = error instanceof Error ? error.message : 'The effect failed';
    this.emit('effectsError', { code: FAILED, message });
  }
}

function isProcessor(
  effect: VideoEffectProcessor,
): effect is VideoEffectProcessor & VideoTrackProcessor {
  return 'process' in effect && typeof effect.process === 'function';
}

function videoOf(stream: MediaStream): MediaStreamTrack {
  const track = stream.getVideoTracks()[0];
  if (track === undefined) {
    throw streamNotAvailable('The stream has no video');
  }
  return track;
}
