import type { RemoteVideoStreamCommon, StreamSize } from './api';
import { RemoteVideoStreamImpl } from './call/RemoteVideoStreamImpl';
import type { Lease } from './devices/LocalSource';
import { LocalVideoStream } from './devices/LocalVideoStream';
import { invalidArgument, wrongState } from './errors';
import type { EventSource } from './events';

/** How a picture fills its element: distorted, cut at the edges, or whole with bars. */
export type ScalingMode = 'Stretch' | 'Crop' | 'Fit';

export interface CreateViewOptions {
  /** Shows it as a mirror would; usual for the own camera. */
  isMirrored?: boolean;
  /** `Crop` unless set. */
  scalingMode?: ScalingMode;
}

/** One place where a stream is shown. */
export interface VideoStreamRendererView {
  /** To be put into the page; it fills its parent. */
  readonly target: HTMLElement;
  readonly scalingMode: ScalingMode;
  readonly isMirrored: boolean;
  updateScalingMode(mode: ScalingMode): Promise<void>;
  /** Takes the element out of the page; a remote stream without a view is no longer received. */
  dispose(): void;
}

/** Where pictures come from: held while shown, and told when they come from elsewhere. */
interface VideoSource extends EventSource<{ replaced: (stream: MediaStream) => void }> {
  acquire(): Promise<Lease>;
}

/** Turns a video stream into elements for a page. */
export class VideoStreamRenderer {
  readonly #source: VideoSource;
  readonly #views = new Set<View>();
  #disposed = false;

  constructor(stream: LocalVideoStream | RemoteVideoStreamCommon) {
    if (stream instanceof LocalVideoStream) {
      this.#source = stream.localSource;
    } else if (stream instanceof RemoteVideoStreamImpl) {
      this.#source = stream;
    } else {
      throw invalidArgument('The stream is not one of this SDK');
    }
  }

  /**
   * Shows the stream: opens the camera, or asks the server for the media.
   *
   * @throws CommunicationServicesError 400/43220 when 10 videos of others are shown (6 on mobiles), 404 when a remote stream is not available, the device's error for a local one
   */
  async createView(options: CreateViewOptions = {}): Promise<VideoStreamRendererView> {
    if (this.#disposed) {
      throw wrongState('The renderer was disposed');
    }
    const source = this.#source;
    if (source instanceof RemoteVideoStreamImpl) {
      source.requireRoom();
    }
    const lease = await source.acquire();
    const view = new View(lease, options, () => {
      this.#views.delete(view);
      source.off('replaced', view.show);
    });
    source.on('replaced', view.show);
    this.#views.add(view);
    // Disposed while the stream was on its way: nobody will show the view.
    if (this.#isDisposed()) {
      view.dispose();
      throw wrongState('The renderer was disposed');
    }
    return view;
  }

  /** Of the pictures that the first view shows, in pixels; zero without one. The size of a stream of others is known to the stream too. */
  get size(): StreamSize {
    return [...this.#views][0]?.size ?? { width: 0, height: 0 };
  }

  /** Disposes all views. */
  dispose(): void {
    this.#disposed = true;
    for (const view of [...this.#views]) {
      view.dispose();
    }
  }

  #isDisposed(): boolean {
    return this.#disposed;
  }
}

class View implements VideoStreamRendererView {
  readonly target: HTMLElement;
  readonly isMirrored: boolean;
  readonly show: (stream: MediaStream) => void;
  readonly #lease: Lease;
  readonly #video: HTMLVideoElement;
  readonly #disposed: () => void;
  #scalingMode: ScalingMode;

  constructor(lease: Lease, options: CreateViewOptions, disposed: () => void) {
    this.#lease = lease;
    this.#disposed = disposed;
    this.isMirrored = options.isMirrored ?? false;
    this.#scalingMode = options.scalingMode ?? 'Crop';
    this.#video = makeVideo(this.isMirrored);
    this.#video.style.objectFit = objectFit(this.#scalingMode);
    this.target = document.createElement('div');
    this.target.style.cssText = 'width:100%;height:100%;overflow:hidden';
    this.target.append(this.#video);
    this.show = (stream) => {
      this.#video.srcObject = new MediaStream(stream.getVideoTracks());
      // Muted video plays without a gesture; a refusal here means that the view was taken away meanwhile.
      this.#video.play().catch(() => undefined);
    };
    this.show(lease.stream);
  }

  get scalingMode(): ScalingMode {
    return this.#scalingMode;
  }

  get size(): StreamSize {
    return { width: this.#video.videoWidth, height: this.#video.videoHeight };
  }

  updateScalingMode(mode: ScalingMode): Promise<void> {
    this.#scalingMode = mode;
    this.#video.style.objectFit = objectFit(mode);
    return Promise.resolve();
  }

  dispose(): void {
    this.#disposed();
    this.#video.srcObject = null;
    this.target.remove();
    this.#lease.release();
  }
}

function makeVideo(isMirrored: boolean): HTMLVideoElement {
  const video = document.createElement('video');
  video.autoplay = true;
  video.muted = true;
  video.playsInline = true;
  video.style.cssText = 'width:100%;height:100%;display:block';
  if (isMirrored) {
    video.style.transform = 'scaleX(-1)';
  }
  return video;
}

function objectFit(mode: ScalingMode): string {
  switch (mode) {
    case 'Stretch':
      return 'fill';
    case 'Crop':
      return 'cover';
    case 'Fit':
      return 'contain';
  }
}
