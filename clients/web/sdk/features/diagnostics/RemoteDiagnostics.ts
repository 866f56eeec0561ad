import { create } from '@bufbuild/protobuf';

import type { RemoteParticipant } from '../../api';
import type { CallInternals } from '../../call/CallInternals';
import { Emitter } from '../../events';
import type { EventSource } from '../../events';
import type { ServerBody } from '../../signaling/SignalingConnection';
import { ParticipantState, SendDataSchema } from '../../generated/vaxel/signaling/v1/signaling_pb';
import { rawIdOf } from '../../identifiers';
import type {
  DiagnosticFlag,
  DiagnosticQuality,
  DiagnosticValueType,
  LatestDiagnosticValue,
} from './DiagnosticTable';
import type { ToldDiagnostic } from './diagnosticsMessage';
import {
  DIAGNOSTICS_CHANNEL,
  isDiagnostics,
  readDiagnostics,
  writeDiagnostics,
} from './diagnosticsMessage';
import type { MediaDiagnosticType } from './MediaDiagnostics';
import type { NetworkDiagnosticType } from './NetworkDiagnostics';

/** False: the server lost the participant and waits for it. */
export type ServerDiagnosticType = 'serverConnection';

export interface RemoteDiagnostic {
  readonly participantId: string;
  readonly rawId: string;
  readonly remoteParticipant?: RemoteParticipant;
  readonly diagnostic: NetworkDiagnosticType | MediaDiagnosticType | ServerDiagnosticType;
  readonly value: DiagnosticQuality | DiagnosticFlag;
  readonly valueType: DiagnosticValueType;
}
export interface RemoteParticipantDiagnosticsData {
  diagnostics: RemoteDiagnostic[];
}
export interface RemoteDiagnosticsEvents {
  diagnosticChanged: (args: RemoteParticipantDiagnosticsData) => void;
}

/** What others say of their own diagnostics, and whether this client tells its own. */
export interface RemoteDiagnostics extends EventSource<RemoteDiagnosticsEvents> {
  isSendingDiagnosticsEnabled: boolean;
  startSendingDiagnostics(): void;
  stopSendingDiagnostics(): void;
  getLatest(): RemoteParticipantDiagnosticsData;
}

/** Kept of one participant; what others make up beyond that is left out. */
const MAX_NAMES = 64;

/** What changed is collected this long before it is told. */
const TELL_MS = 1_000;

export class OwnRemoteDiagnostics
  extends Emitter<RemoteDiagnosticsEvents>
  implements RemoteDiagnostics
{
  readonly #internals: CallInternals;
  /** By participant id and name. */
  readonly #latest = new Map<string, Map<string, LatestDiagnosticValue>>();
  readonly #toTell = new Map<string, ToldDiagnostic>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  isSendingDiagnosticsEnabled = false;

  constructor(internals: CallInternals) {
    super();
    this.#internals = internals;
  }

  startSendingDiagnostics(): void {
    this.isSendingDiagnosticsEnabled = true;
  }

  stopSendingDiagnostics(): void {
    this.isSendingDiagnosticsEnabled = false;
    this.#toTell.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  getLatest(): RemoteParticipantDiagnosticsData {
    const diagnostics = [...this.#latest].flatMap(([participantId, values]) =>
      [...values].flatMap(([name, value]) => this.#describe(participantId, name, value)),
    );
    return { diagnostics };
  }

  /** Something of this client changed. */
  tell(diagnostic: ToldDiagnostic): void {
    if (this.isSendingDiagnosticsEnabled) {
      this.#toTell.set(diagnostic.diagnostic, diagnostic);
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#send();
      }, TELL_MS);
    }
  }

  received(body: ServerBody): void {
    if (body.case === 'dataReceived' && isDiagnostics(body.value)) {
      this.#take(body.value.participantId, readDiagnostics(body.value));
    }
  }

  rosterUpdated(): void {
    const roster = this.#internals.roster;
    const present = new Set(roster.map((entry) => entry.participantId));
    for (const participantId of [...this.#latest.keys()]) {
      if (!present.has(participantId)) {
        this.#latest.delete(participantId);
      }
    }
    for (const { participantId, state } of roster) {
      const value = state !== ParticipantState.RECONNECTING;
      const diagnostic: ServerDiagnosticType = 'serverConnection';
      if ((this.#latest.get(participantId)?.get(diagnostic)?.value ?? true) !== value) {
        this.#take(participantId, [{ diagnostic, value, valueType: 'DiagnosticFlag' }]);
      }
    }
  }

  #take(participantId: string, told: ToldDiagnostic[]): void {
    const known = this.#latest.get(participantId) ?? new Map<string, LatestDiagnosticValue>();
    const diagnostics: RemoteDiagnostic[] = [];
    for (const { diagnostic, value, valueType } of told) {
      if (known.has(diagnostic) || known.size < MAX_NAMES) {
        known.set(diagnostic, { value, valueType });
        diagnostics.push(...this.#describe(participantId, diagnostic, { value, valueType }));
      }
    }
    if (diagnostics.length > 0) {
      this.#latest.set(participantId, known);
      this.emit('diagnosticChanged', { diagnostics });
    }
  }

  #describe(participantId: string, name: string, value: LatestDiagnosticValue): RemoteDiagnostic[] {
    const identifier = this.#internals.identifierOf(participantId);
    if (identifier === undefined) {
      return [];
    }
    const remoteParticipant = this.#internals.participantByUser(identifier);
    return [
      {
        participantId,
        rawId: rawIdOf(identifier),
        ...(remoteParticipant === undefined ? {} : { remoteParticipant }),
        diagnostic: name as RemoteDiagnostic['diagnostic'],
        ...value,
      },
    ];
  }

  #send(): void {
    const payload = writeDiagnostics([...this.#toTell.values()]);
    this.#toTell.clear();
    const value = create(SendDataSchema, { channelId: DIAGNOSTICS_CHANNEL, payload, lossy: true });
    // Told again when it changes again; nobody waits for it.
    this.#internals.request({ case: 'sendData', value }).catch(() => undefined);
  }
}
