import type { DataReceived } from '../../generated/vaxel/signaling/v1/signaling_pb';
import type { LatestDiagnosticValue } from './DiagnosticTable';

/** The channel that diagnostics travel on. Applications may use it too: the mark tells the two apart. */
export const DIAGNOSTICS_CHANNEL = 65_535;

const MARK = 'vaxel.diagnostics.v1\n';

/** What a participant tells the others of its own diagnostics. */
export interface ToldDiagnostic extends LatestDiagnosticValue {
  diagnostic: string;
}

export function writeDiagnostics(diagnostics: ToldDiagnostic[]): Uint8Array {
  return new TextEncoder().encode(MARK + JSON.stringify(diagnostics));
}

/** Whether a message carries diagnostics instead of an application's data. */
export function isDiagnostics({ channelId, payload }: DataReceived): boolean {
  return (
    channelId === DIAGNOSTICS_CHANNEL &&
    new TextDecoder().decode(payload.subarray(0, MARK.length)) === MARK
  );
}

/** What a message of diagnostics says; what has another form is left out. */
export function readDiagnostics({ payload }: DataReceived): ToldDiagnostic[] {
  try {
    const told: unknown = JSON.parse(new TextDecoder().decode(payload.subarray(MARK.length)));
    return Array.isArray(told) ? told.filter(isDiagnostic) : [];
  } catch {
    return [];
  }
}

function isDiagnostic(told: unknown): told is ToldDiagnostic {
  if (typeof told !== 'object' || told === null) {
    return false;
  }
  const { diagnostic, value, valueType } = told as Record<string, unknown>;
  const isFlag = valueType === 'DiagnosticFlag' && typeof value === 'boolean';
  const isQuality = valueType === 'DiagnosticQuality' && typeof value === 'number';
  return typeof diagnostic === 'string' && (isFlag || isQuality);
}
