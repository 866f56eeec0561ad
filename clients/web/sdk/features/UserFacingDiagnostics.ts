import type { EventSource } from '../events';
import { CommunicationServicesError } from '../errors';
import { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';
import type { LatestDiagnosticValue } from './diagnostics/DiagnosticTable';
import { LocalMediaWatch } from './diagnostics/LocalMediaWatch';
import type { MediaDiagnosticType } from './diagnostics/MediaDiagnostics';
import { OwnMediaDiagnostics } from './diagnostics/MediaDiagnostics';
import type { NetworkDiagnosticType } from './diagnostics/NetworkDiagnostics';
import { OwnNetworkDiagnostics } from './diagnostics/NetworkDiagnostics';
import type { RemoteDiagnostics } from './diagnostics/RemoteDiagnostics';
import { OwnRemoteDiagnostics } from './diagnostics/RemoteDiagnostics';
import { StatsSampler } from './stats/StatsSampler';

export type LatestNetworkDiagnostics = Partial<
  Record<NetworkDiagnosticType, LatestDiagnosticValue>
>;
export type LatestMediaDiagnostics = Partial<Record<MediaDiagnosticType, LatestDiagnosticValue>>;
export type NetworkDiagnosticChangedEventArgs = LatestDiagnosticValue & {
  diagnostic: NetworkDiagnosticType;
};
export type MediaDiagnosticChangedEventArgs = LatestDiagnosticValue & {
  diagnostic: MediaDiagnosticType;
};

/** What is wrong with the network; what was never wrong is not in it. */
export interface NetworkDiagnostics extends EventSource<{
  diagnosticChanged: (args: NetworkDiagnosticChangedEventArgs) => void;
}> {
  getLatest(): LatestNetworkDiagnostics;
}

/** What is wrong with the own devices; what was never wrong is not in it. */
export interface MediaDiagnostics extends EventSource<{
  diagnosticChanged: (args: MediaDiagnosticChangedEventArgs) => void;
}> {
  getLatest(): LatestMediaDiagnostics;
}

export interface UserFacingDiagnosticsFeature extends CallFeature {
  readonly network: NetworkDiagnostics;
  readonly media: MediaDiagnostics;
  readonly remote: RemoteDiagnostics;
}

const LOOK_MS = 2_000;

/** STUN and TURN servers that gave no answer, RTCPeerConnectionIceErrorEvent.errorCode. */
const NOT_REACHED = 701;

const PERMISSIONS = [
  ['microphone', TrackKind.AUDIO],
  ['camera', TrackKind.VIDEO],
] as const;

/** Tells the diagnostics what happens in the call, with its devices and its connections. */
export class OwnUserFacingDiagnosticsFeature
  extends OwnCallFeature<Record<string, never>>
  implements UserFacingDiagnosticsFeature
{
  readonly name = 'UserFacingDiagnostics';
  readonly network: OwnNetworkDiagnostics;
  readonly media = new OwnMediaDiagnostics();
  readonly remote: OwnRemoteDiagnostics;
  readonly #sampler: StatsSampler;
  readonly #watched = new WeakSet<RTCPeerConnection>();

  constructor(context: CallFeatureContext) {
    super(context);
    this.#sampler = new StatsSampler(this.call, this.internals);
    this.network = new OwnNetworkDiagnostics(this.call, this.internals);
    this.remote = new OwnRemoteDiagnostics(this.internals);
    this.network.on('diagnosticChanged', (change) => {
      this.remote.tell(change);
    });
    this.media.on('diagnosticChanged', (change) => {
      this.remote.tell(change);
    });
    this.#watchNetwork();
    this.#watchMedia();
    this.#watchDevices();
    this.listen('serverMessage', (body) => {
      this.remote.received(body);
    });
    this.listen('rosterUpdated', () => {
      this.remote.rosterUpdated();
    });
    this.everyMs(LOOK_MS, () => {
      void this.#look();
    });
    this.atEnd(() => {
      this.media.close();
      this.remote.stopSendingDiagnostics();
    });
  }

  #watchNetwork(): void {
    const look = (): void => {
      this.network.lookAtConnections();
    };
    const watchConnections = (): void => {
      this.#watchRelays(this.internals.publishConnection);
      this.#watchRelays(this.internals.subscribeConnection);
      look();
    };
    this.listen('signalingLost', look);
    this.listen('signalingBack', look);
    this.listen('mediaStateChanged', look);
    this.listen('connectionsChanged', watchConnections);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    this.atEnd(() => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    });
    watchConnections();
  }

  #watchRelays(connection: RTCPeerConnection | undefined): void {
    if (connection === undefined || this.#watched.has(connection)) {
      return;
    }
    this.#watched.add(connection);
    connection.addEventListener('icecandidateerror', ({ errorCode, url }) => {
      if (errorCode === NOT_REACHED && /^turns?:/.test(url)) {
        this.network.setRelaysReachable(false);
      }
    });
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.type === 'relay') {
        this.network.setRelaysReachable(true);
      }
    });
  }

  #watchMedia(): void {
    const watch = new LocalMediaWatch(this.call, {
      started: (kind) => {
        this.media.started(kind);
      },
      ended: (kind) => {
        this.media.ended(kind);
      },
      interrupted: (kind, isInterrupted) => {
        this.media.interrupted(kind, isInterrupted);
      },
      speakingWhileMuted: (isSpeaking) => {
        this.media.setSpeakingWhileMuted(isSpeaking);
      },
    });
    this.listen('localMediaOpening', ({ kind, error }) => {
      if (error instanceof CommunicationServicesError) {
        this.media.failed(kind, error);
      } else {
        this.media.opening(kind);
      }
    });
    this.atEnd(() => {
      watch.close();
    });
  }

  #watchDevices(): void {
    const devices = (navigator as Partial<Navigator>).mediaDevices;
    const count = (): void => {
      devices?.enumerateDevices().then(
        (found) => {
          const of = (kind: MediaDeviceKind): number =>
            found.filter((device) => device.kind === kind).length;
          // A browser that lets nobody choose a speaker lists none.
          const listsSpeakers = 'setSinkId' in HTMLMediaElement.prototype;
          const speakers = listsSpeakers ? of('audiooutput') : 1;
          this.media.setDevices({ microphones: of('audioinput'), speakers });
        },
        () => undefined, // the page may not know
      );
    };
    devices?.addEventListener('devicechange', count);
    this.atEnd(() => {
      devices?.removeEventListener('devicechange', count);
    });
    count();
    for (const [name, kind] of PERMISSIONS) {
      void this.#watchPermission(name, kind);
    }
  }

  async #watchPermission(name: 'microphone' | 'camera', kind: TrackKind): Promise<void> {
    try {
      const status = await (navigator as Partial<Navigator>).permissions?.query({ name });
      if (status !== undefined) {
        const look = (): void => {
          this.media.setPermission(kind, status.state === 'denied');
        };
        status.addEventListener('change', look);
        this.atEnd(() => {
          status.removeEventListener('change', look);
        });
        look();
      }
    } catch {
      // A browser that can't be asked says so when the device is opened.
    }
  }

  async #look(): Promise<void> {
    this.network.lookAtConnections();
    try {
      const sample = await this.#sampler.sample();
      this.network.lookAtStats(sample);
      this.media.lookAtStats(sample, this.call.isMuted);
    } catch {
      // A connection that closed under the look.
    }
  }
}
