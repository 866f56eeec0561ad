import { Emitter } from '../events';
import { deviceError } from '../errors';

interface SourceEvents {
  /** The tracks are others than before. */
  replaced: (stream: MediaStream) => void;
  /** The device or the application's stream behind a substitute is another one; told instead of `replaced`. */
  replacedBehind: (stream: MediaStream) => void;
  /** The device was pulled out, or the user ended the sharing in the browser's own controls. */
  ended: () => void;
}

/** One user's hold on a source. */
export interface Lease {
  readonly stream: MediaStream;
  /** Ends the hold; a second time does nothing. */
  release(): void;
}

/**
 * A local media stream that is opened when the first user needs it and closed when the last one is done, so that no
 * camera light burns for nothing. A stream that the application brought along is never stopped here.
 */
export class LocalSource extends Emitter<SourceEvents> {
  readonly #what: 'camera' | 'microphone' | 'screen';
  #constraints: MediaStreamConstraints;
  /** Set when the application brought the stream. */
  #given: MediaStream | undefined;
  #opened: Promise<MediaStream> | undefined;
  readonly #leases = new Set<Lease>();
  /** What everybody gets in place of the source's own stream. */
  #substitute: MediaStream | undefined;
  /** Leases that wait for the device to open. */
  #opening = 0;
  /** Calls that send it: two at a time while one is transferred into another. */
  #calls = 0;

  constructor(
    what: 'camera' | 'microphone' | 'screen',
    source: MediaStream | MediaStreamConstraints,
  ) {
    super();
    this.#what = what;
    if (source instanceof MediaStream) {
      this.#given = source;
      this.#constraints = {};
      this.#watch(source);
    } else {
      this.#constraints = source;
    }
  }

  /** The stream, opened if need be. @throws CommunicationServicesError when it can't be */
  async acquire(): Promise<Lease> {
    this.#opening++;
    try {
      const stream = await this.#stream();
      const lease: Lease = {
        stream: this.#substitute ?? stream,
        release: () => {
          if (this.#leases.delete(lease) && !this.#isUsed) {
            this.#stop();
          }
        },
      };
      this.#leases.add(lease);
      return lease;
    } finally {
      this.#opening--;
    }
  }

  /** A call sends it from now on. */
  sentByCall(): void {
    this.#calls++;
  }

  /** A call sends it no more. Returns whether none does. */
  leftByCall(): boolean {
    this.#calls--;
    return this.#calls === 0;
  }

  /** Gives everybody this stream in place of the source's own, or their own again; the device stays open behind it. */
  async substitute(stream: MediaStream | undefined): Promise<void> {
    this.#substitute = stream;
    if (this.#isUsed) {
      this.emit('replaced', stream ?? (await this.#stream()));
    }
  }

  /** Closes the device whoever uses it; a later `acquire()` opens it again. */
  dispose(): void {
    this.#leases.clear();
    this.#stop();
  }

  /** Uses another device or stream from now on; those who use this source hear of it by `replaced`. */
  async switchTo(source: MediaStream | MediaStreamConstraints): Promise<void> {
    const before = this.#opened;
    const ownBefore = this.#given === undefined;
    if (source instanceof MediaStream) {
      this.#given = source;
      this.#opened = undefined;
      this.#watch(source);
    } else {
      if (this.#isUsed) {
        const next = this.#open(source);
        await next; // when it can't be opened, all stays as it was
        this.#opened = next;
      } else {
        this.#opened = undefined;
      }
      this.#given = undefined;
      this.#constraints = source;
    }
    if (this.#isUsed) {
      const event = this.#substitute === undefined ? 'replaced' : 'replacedBehind';
      this.emit(event, await this.#stream());
    }
    if (ownBefore && before !== undefined) {
      stopAll(await before);
    }
  }

  get #isUsed(): boolean {
    return this.#leases.size + this.#opening > 0;
  }

  #stream(): Promise<MediaStream> {
    if (this.#given !== undefined) {
      return Promise.resolve(this.#given);
    }
    if (this.#opened === undefined) {
      const opened = this.#open(this.#constraints);
      this.#opened = opened;
      opened.catch(() => {
        if (this.#opened === opened) {
          this.#opened = undefined;
        }
      });
    }
    return this.#opened;
  }

  async #open(constraints: MediaStreamConstraints): Promise<MediaStream> {
    const devices = (navigator as Partial<Navigator>).mediaDevices;
    if (devices === undefined) {
      // Pages from plain http on another machine have no access to devices at all.
      throw deviceError(this.#what, new DOMException('Not a secure context', 'NotAllowedError'));
    }
    try {
      const stream = await (this.#what === 'screen'
        ? devices.getDisplayMedia(constraints)
        : devices.getUserMedia(constraints));
      this.#watch(stream);
      return stream;
    } catch (error) {
      throw deviceError(this.#what, error);
    }
  }

  #watch(stream: MediaStream): void {
    for (const track of stream.getTracks()) {
      track.addEventListener('ended', () => {
        this.emit('ended');
      });
    }
  }

  #stop(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    opened?.then(stopAll, () => undefined);
  }
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.stop();
  }
}
