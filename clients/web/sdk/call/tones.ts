import type { DtmfTone } from '../api';
import { invalidArgument } from '../errors';

const NAMED: Partial<Record<DtmfTone, string>> = { Star: '*', Pound: '#', Flash: '!' };
const PLAIN = /^(?:Num([0-9])|([A-D]))$/;

/** A tone as the protocol writes it. @throws CommunicationServicesError 400 for none */
export function tonesOf(tone: DtmfTone): string {
  const match = PLAIN.exec(tone);
  const tones = NAMED[tone] ?? match?.[1] ?? match?.[2];
  if (tones === undefined) {
    throw invalidArgument(`There is no tone ${tone}`);
  }
  return tones;
}
