import { Emitter } from '../../events';

export enum DiagnosticQuality {
  Good = 1,
  Poor = 2,
  Bad = 3,
}
export type DiagnosticFlag = boolean;
export type DiagnosticValueType = 'DiagnosticQuality' | 'DiagnosticFlag';

export interface LatestDiagnosticValue {
  value: DiagnosticQuality | DiagnosticFlag;
  valueType: DiagnosticValueType;
}
export type DiagnosticChangedEventArgs = LatestDiagnosticValue;

/** What is known of diagnostics of these names. One that was never anything but good, or raised, is not in it. */
export class DiagnosticTable<Name extends string> extends Emitter<{
  diagnosticChanged: (args: LatestDiagnosticValue & { diagnostic: Name }) => void;
}> {
  readonly #latest = new Map<Name, LatestDiagnosticValue>();

  getLatest(): Partial<Record<Name, LatestDiagnosticValue>> {
    return Object.fromEntries(this.#latest) as Partial<Record<Name, LatestDiagnosticValue>>;
  }

  setFlag(diagnostic: Name, value: boolean): void {
    this.#set(diagnostic, value, false, 'DiagnosticFlag');
  }

  setQuality(diagnostic: Name, value: DiagnosticQuality): void {
    this.#set(diagnostic, value, DiagnosticQuality.Good, 'DiagnosticQuality');
  }

  #set(
    diagnostic: Name,
    value: DiagnosticQuality | DiagnosticFlag,
    fine: DiagnosticQuality | DiagnosticFlag,
    valueType: DiagnosticValueType,
  ): void {
    if ((this.#latest.get(diagnostic)?.value ?? fine) !== value) {
      this.#latest.set(diagnostic, { value, valueType });
      this.emit('diagnosticChanged', { diagnostic, value, valueType });
    }
  }
}
