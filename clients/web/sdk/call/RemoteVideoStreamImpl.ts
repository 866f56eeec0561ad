import type { MediaStreamType, RemoteVideoStream, RemoteVideoStreamEvents } from '../api';
import type { Lease } from '../devices/LocalSource';
import { CommunicationServicesError, streamNotAvailable } from '../errors';
import { Emitter } from '../events';
import type { SubscribeConnection } from '../media/SubscribeConnection';

/** The documented time limit for adding a video or a screen share. */
const ADD_VIDEO_TIMEOUT_MS = 40_000;

/** The videos of others that are shown at a time, as ACS documents them, with the sub-code for more. */
const MOST_ON_DESKTOP = 10;
const MOST_ON_MOBILE = 6;
const TOO_MANY_VIDEOS = 43220;

/** Checks without a new frame until the stream counts as not receiving; there is one a second. */
const CHECKS_WITHOUT_FRAME = 2;

interface InternalEvents extends RemoteVideoStreamEvents {
  /** The server sends it by another media section than before. */
  replaced: (stream: MediaStream) => void;
}

/** One published video track of somebody else; subscribed to while somebody holds a lease of it. */
export class RemoteVideoStreamImpl extends Emitter<InternalEvents> implements RemoteVideoStream {
  readonly id: number;
  readonly mediaStreamType: MediaStreamType;
  readonly trackId: string;
  readonly #connection: SubscribeConnection;
  readonly #media = new MediaStream();
  readonly #leases = new Set<Lease>();
  readonly #waiting = new Set<(receiver: RTCRtpReceiver | undefined) => void>();
  #isAvailable: boolean;
  #isReceiving = false;
  #size = { width: 0, height: 0 };
  #framesSeen = 0;
  #checksWithoutFrame = 0;
  #ended = false;

  constructor(
    id: number,
    mediaStreamType: MediaStreamType,
    trackId: string,
    isAvailable: boolean,
    connection: SubscribeConnection,
  ) {
    super();
    this.id = id;
    this.mediaStreamType = mediaStreamType;
    this.trackId = trackId;
    this.#isAvailable = isAvailable;
    this.#connection = connection;
  }

  get isAvailable(): boolean {
    return this.#isAvailable;
  }

  get isReceiving(): boolean {
    return this.#isReceiving;
  }

  get size(): { width: number; height: number } {
    return this.#size;
  }

  async getMediaStream(): Promise<MediaStream> {
    return (await this.acquire()).stream;
  }

  /** Subscribes, and stays subscribed until the lease is released. @throws CommunicationServicesError 404 when the stream ends */
  async acquire(): Promise<Lease> {
    if (this.#ended || !this.#isAvailable) {
      throw streamNotAvailable('The stream is not being sent');
    }
    this.#connection.want(this.trackId);
    const receiver = this.#connection.receiver(this.trackId) ?? (await this.#arrival());
    this.#use(receiver);
    const lease: Lease = {
      stream: this.#media,
      release: () => {
        if (this.#leases.delete(lease)) {
          this.#unsubscribeIfUnused();
        }
      },
    };
    this.#leases.add(lease);
    return lease;
  }

  /** @throws CommunicationServicesError 400/43220 when as many others are received already as a device of this kind shows */
  requireRoom(): void {
    const most = /Mobi|Android/i.test(navigator.userAgent) ? MOST_ON_MOBILE : MOST_ON_DESKTOP;
    if (this.#connection.wantedBeside(this.trackId) >= most) {
      throw new CommunicationServicesError({
        code: 400,
        subCode: TOO_MANY_VIDEOS,
        message: `At most ${String(most)} videos can be shown: dispose a view first`,
      });
    }
  }

  /** The tracks of the connection are others now. */
  tracksChanged(): void {
    const receiver = this.#connection.receiver(this.trackId);
    if (receiver !== undefined) {
      this.#use(receiver);
      for (const resolve of this.#waiting) {
        resolve(receiver);
      }
    }
  }

  /** The sender switched it on or off. */
  setAvailable(isAvailable: boolean): void {
    if (this.#isAvailable !== isAvailable) {
      this.#isAvailable = isAvailable;
      this.emit('isAvailableChanged');
    }
  }

  /** The track is gone for good. */
  end(): void {
    this.#ended = true;
    this.#leases.clear();
    this.#connection.forget(this.trackId);
    for (const resolve of this.#waiting) {
      resolve(undefined);
    }
    this.setAvailable(false);
    this.#setReceiving(false);
  }

  /** Looks whether frames arrive and how large they are; to be called once a second. */
  async check(): Promise<void> {
    const receiver = this.#leases.size > 0 ? this.#connection.receiver(this.trackId) : undefined;
    if (receiver === undefined) {
      this.#setReceiving(false);
      return;
    }
    const { frames, width, height } = readInbound(await receiver.getStats());
    this.#checksWithoutFrame = frames !== this.#framesSeen ? 0 : this.#checksWithoutFrame + 1;
    this.#framesSeen = frames;
    this.#setReceiving(frames > 0 && this.#checksWithoutFrame < CHECKS_WITHOUT_FRAME);
    if (width > 0 && (width !== this.#size.width || height !== this.#size.height)) {
      this.#size = { width, height };
      this.emit('sizeChanged');
    }
  }

  #use(receiver: RTCRtpReceiver): void {
    const before = this.#media.getVideoTracks();
    if (before[0] === receiver.track) {
      return;
    }
    for (const track of before) {
      this.#media.removeTrack(track);
    }
    this.#media.addTrack(receiver.track);
    if (before.length > 0) {
      this.emit('replaced', this.#media);
    }
  }

  #setReceiving(isReceiving: boolean): void {
    if (this.#isReceiving !== isReceiving) {
      this.#isReceiving = isReceiving;
      this.emit('isReceivingChanged');
    }
  }

  #arrival(): Promise<RTCRtpReceiver> {
    return new Promise((resolve, reject) => {
      const settle = (receiver: RTCRtpReceiver | undefined): void => {
        clearTimeout(timer);
        this.#waiting.delete(settle);
        if (receiver !== undefined) {
          resolve(receiver);
          return;
        }
        this.#unsubscribeIfUnused();
        reject(streamNotAvailable('The stream ended, or did not arrive in time'));
      };
      const timer = setTimeout(() => {
        settle(undefined);
      }, ADD_VIDEO_TIMEOUT_MS);
      this.#waiting.add(settle);
    });
  }

  #unsubscribeIfUnused(): void {
    if (!this.#ended && this.#leases.size + this.#waiting.size === 0) {
      this.#connection.unwant(this.trackId);
    }
  }
}

function readInbound(report: RTCStatsReport): { frames: number; width: number; height: number } {
  let found = { frames: 0, width: 0, height: 0 };
  report.forEach((stats: RTCStats) => {
    if (stats.type === 'inbound-rtp') {
      const inbound = stats as RTCInboundRtpStreamStats;
      found = {
        frames: inbound.framesReceived ?? 0,
        width: inbound.frameWidth ?? 0,
        height: inbound.frameHeight ?? 0,
      };
    }
  });
  return found;
}
