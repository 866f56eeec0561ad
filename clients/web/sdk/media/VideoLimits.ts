import type { VideoConstraints } from '../api';
import { invalidArgument } from '../errors';

/** Limits of the camera's picture as it is sent; zero: none. */
interface Limits {
  /** Pixels. */
  frameHeight: number;
  /** Frames a second. */
  frameRate: number;
  /** Bits a second. */
  bitrate: number;
}

const NAMES = ['frameHeight', 'frameRate', 'bitrate'] as const;

/** The limits that the application has set for outgoing video, and how a sender is told of them. */
export class VideoLimits {
  #limits: Limits = { frameHeight: 0, frameRate: 0, bitrate: 0 };

  /**
   * Takes what the constraints name; what they leave out stays.
   *
   * @throws CommunicationServicesError 400 for anything but numbers from zero
   */
  merge(constraints: VideoConstraints): void {
    const next = { ...this.#limits };
    for (const name of NAMES) {
      const max = constraints.send?.[name]?.max;
      if (max !== undefined && !(Number.isFinite(max) && max >= 0)) {
        throw invalidArgument(`${name}.max must be a number from zero`);
      }
      next[name] = max ?? next[name];
    }
    this.#limits = next;
  }

  /** Lets a sender keep within the limits. */
  async apply(sender: RTCRtpSender): Promise<void> {
    const { frameHeight, frameRate, bitrate } = this.#limits;
    const parameters = sender.getParameters();
    const height = sender.track?.getSettings().height ?? 0;
    for (const encoding of parameters.encodings) {
      delete encoding.maxBitrate;
      delete encoding.maxFramerate;
      delete encoding.scaleResolutionDownBy;
      Object.assign(encoding, {
        ...(bitrate > 0 && { maxBitrate: bitrate }),
        ...(frameRate > 0 && { maxFramerate: frameRate }),
        ...(frameHeight > 0 &&
          height > frameHeight && { scaleResolutionDownBy: height / frameHeight }),
      });
    }
    await sender.setParameters(parameters);
  }

  /** Whether there is anything to keep within. */
  get isSet(): boolean {
    return NAMES.some((name) => this.#limits[name] > 0);
  }
}
