import type { CallDirection } from '../api';
import { CommunicationServicesError, ErrorSubCode } from '../errors';
import type {
  MediaState,
  ModalityFailed,
  SubscribeOffer,
  Timeouts,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  MediaState_Connection,
  MediaState_State,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import { modalityFailed } from '../media/FlowWait';
import { HOPELESS_MS } from '../media/MediaPeer';
import { NetworkWatch } from '../media/NetworkWatch';
import { PublishConnection } from '../media/PublishConnection';
import { SubscribeConnection } from '../media/SubscribeConnection';
import type { VideoLimits } from '../media/VideoLimits';
import type { MediaConnectionState } from './CallInternals';
import type { CallSignaling } from './CallSignaling';
import { SET_UP_TIMEOUT_MS } from './CallSignaling';
import type { LocalMedia } from './LocalMedia';

export interface CallMediaListener {
  /** Other tracks than before arrive. */
  tracksChanged(): void;
  connectionsChanged(): void;
  stateChanged(change: MediaConnectionState): void;
  /** Media can't flow any more. */
  failed(reason: string): void;
}

/** The two media connections of a call, and what is done to keep them up. */
export class CallMedia {
  readonly publish: PublishConnection;
  readonly subscribe: SubscribeConnection;
  readonly #signaling: CallSignaling;
  readonly #network: NetworkWatch;

  constructor(
    signaling: CallSignaling,
    listener: CallMediaListener,
    limits: VideoLimits,
    timeouts: Timeouts | undefined,
  ) {
    this.#signaling = signaling;
    const hopelessMs = timeouts?.reconnectMs ?? HOPELESS_MS;
    const common = {
      replaced: () => {
        listener.connectionsChanged();
      },
      failed: (reason: string) => {
        listener.failed(reason);
      },
    };
    this.publish = new PublishConnection(
      signaling,
      {
        ...common,
        stateChanged: (state) => {
          listener.stateChanged({ connection: 'publish', state });
        },
        impaired: () => {
          this.publish.restartIce();
        },
      },
      limits,
      hopelessMs,
    );
    this.subscribe = new SubscribeConnection(
      signaling,
      {
        ...common,
        tracksChanged: () => {
          listener.tracksChanged();
        },
        stateChanged: (state) => {
          listener.stateChanged({ connection: 'subscribe', state });
        },
        impaired: () => {
          this.#restartSubscribe();
        },
      },
      hopelessMs,
    );
    this.#network = new NetworkWatch(() => {
      this.publish.restartIce();
      this.#restartSubscribe();
    });
  }

  /**
   * Sends what is open, and waits until it can flow.
   *
   * @throws CommunicationServicesError 408 when it can't in time
   */
  async send(
    local: LocalMedia,
    direction: CallDirection,
    timeouts: Timeouts | undefined,
  ): Promise<void> {
    const sends = await local.attach(this.publish, timeouts?.modalityMs);
    if (sends) {
      const timeoutMs = timeouts?.callSetupMs ?? SET_UP_TIMEOUT_MS;
      await this.publish.flowing(undefined, timeoutMs, setUpTimedOut(direction));
    }
  }

  offered(offer: SubscribeOffer): void {
    this.subscribe.offered(offer);
  }

  /** The server's view of the connections. */
  stateKnown(state: MediaState): void {
    // The server offers a new subscribe connection by itself.
    if (
      state.state === MediaState_State.FAILED &&
      state.connection === MediaState_Connection.PUBLISH
    ) {
      this.publish.restart();
    }
  }

  /** The server took tracks off because no media came. What nobody waits for any more is stopped. */
  async modalityFailed(failure: ModalityFailed, local: LocalMedia): Promise<void> {
    const error = modalityFailed(failure.code, failure.subCode);
    for (const trackId of failure.trackIds) {
      const kind = this.publish.kindOfTrack(trackId);
      if (kind !== undefined && !this.publish.modalityFailed(kind, error)) {
        await local.stop(kind);
      }
    }
  }

  /** Signalling is back: what could not be mended without it is tried again. */
  signalingBack(): void {
    if (this.publish.isImpaired) {
      this.publish.restartIce();
    }
    if (this.subscribe.isImpaired) {
      this.#restartSubscribe();
    }
  }

  close(): void {
    this.#network.close();
    this.publish.close();
    this.subscribe.close();
  }

  #restartSubscribe(): void {
    if (this.subscribe.isInUse) {
      // Refused, or the connection is gone: the server then offers a new one.
      this.#signaling.restartSubscribe().catch(() => undefined);
    }
  }
}

function setUpTimedOut(direction: CallDirection): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 408,
    // The callee's own case has a documented number.
    subCode: direction === 'Incoming' ? 10057 : ErrorSubCode.SetUpTimedOut,
    message: 'No media connection could be made in time',
  });
}
