import type { Call } from '../../api';
import type { CallInternals } from '../../call/CallInternals';
import type { MediaStatsReportSample } from '../MediaStats';
import { DiagnosticQuality, DiagnosticTable } from './DiagnosticTable';

export type NetworkDiagnosticType =
  | 'networkReconnect'
  | 'networkReceiveQuality'
  | 'networkSendQuality'
  | 'noNetwork'
  | 'networkRelaysNotReachable';

/** Shares of packets lost, and round trips in milliseconds, from which quality is poor or bad. */
const POOR = { loss: 0.03, rtt: 400 };
const BAD = { loss: 0.1, rtt: 1_000 };

/** Samples in a row that say the same before it is believed. */
const STEADY = 2;

/** What a browser can know of its way to the server. */
export class OwnNetworkDiagnostics extends DiagnosticTable<NetworkDiagnosticType> {
  readonly #call: Call;
  readonly #internals: CallInternals;
  readonly #send = new Steady();
  readonly #receive = new Steady();

  constructor(call: Call, internals: CallInternals) {
    super();
    this.#call = call;
    this.#internals = internals;
  }

  /** Looks at what is connected: to be called when that may have changed. */
  lookAtConnections(): void {
    const isOnline = (navigator as Partial<Navigator>).onLine ?? true;
    this.setFlag('noNetwork', !isOnline);
    if (this.#call.state === 'Disconnected') {
      return;
    }
    const { publishConnection, subscribeConnection, isSignalingLost } = this.#internals;
    const states = [publishConnection?.connectionState, subscribeConnection?.connectionState];
    if (isSignalingLost || states.includes('failed')) {
      this.setQuality('networkReconnect', DiagnosticQuality.Bad);
    } else if (states.includes('disconnected')) {
      this.setQuality('networkReconnect', DiagnosticQuality.Poor);
    } else {
      this.setQuality('networkReconnect', DiagnosticQuality.Good);
    }
  }

  lookAtStats(sample: MediaStatsReportSample): void {
    const sent = [...sample.audio.send, ...sample.video.send, ...sample.screenShare.send];
    const received = [
      ...sample.audio.receive,
      ...sample.video.receive,
      ...sample.screenShare.receive,
    ];
    this.setQuality('networkSendQuality', this.#send.take(qualityOf(sent)));
    this.setQuality('networkReceiveQuality', this.#receive.take(qualityOf(received)));
  }

  /** A relay that was configured can't be reached, or can after all. */
  setRelaysReachable(reachable: boolean): void {
    this.setFlag('networkRelaysNotReachable', !reachable);
  }
}

/** Changes when the same has been said often enough. */
class Steady {
  #value = DiagnosticQuality.Good;
  #next = DiagnosticQuality.Good;
  #count = 0;

  take(next: DiagnosticQuality): DiagnosticQuality {
    this.#count = next === this.#next ? this.#count + 1 : 1;
    this.#next = next;
    if (this.#count >= STEADY) {
      this.#value = next;
    }
    return this.#value;
  }
}

interface Flow {
  packetsPerSecond?: number;
  packetsLostPerSecond?: number;
  rttInMs?: number;
}

function qualityOf(flows: Flow[]): DiagnosticQuality {
  const lost = flows.reduce((sum, flow) => sum + Math.max(0, flow.packetsLostPerSecond ?? 0), 0);
  const came = flows.reduce((sum, flow) => sum + (flow.packetsPerSecond ?? 0), 0);
  const loss = lost === 0 ? 0 : lost / (lost + came);
  const rtt = Math.max(0, ...flows.map((flow) => flow.rttInMs ?? 0));
  if (loss >= BAD.loss || rtt >= BAD.rtt) {
    return DiagnosticQuality.Bad;
  }
  return loss >= POOR.loss || rtt >= POOR.rtt ? DiagnosticQuality.Poor : DiagnosticQuality.Good;
}
