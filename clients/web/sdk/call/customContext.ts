import { create } from '@bufbuild/protobuf';

import type { CustomContext, xHeader } from '../api';
import { invalidArgument } from '../errors';
import type { CustomContext as ProtocolContext } from '../generated/vaxel/signaling/v1/signaling_pb';
import { CustomContextSchema } from '../generated/vaxel/signaling/v1/signaling_pb';

const MAX_KEY = 64;
const SIP = { count: 5, value: 256 };
const VOIP = { count: 1_000, value: 1_024 };

/** The headers as the protocol has them. @throws CommunicationServicesError 400 for too many, or too long ones */
export function protocolContext(context: CustomContext): ProtocolContext {
  const sipHeaders = [...(context.sipHeaders ?? []), ...(context.xHeaders ?? [])];
  const voipHeaders = context.voipHeaders ?? [];
  check('SIP', sipHeaders, SIP);
  check('VoIP', voipHeaders, VOIP);
  const userToUser = context.userToUser ?? '';
  return create(CustomContextSchema, { userToUser, sipHeaders, voipHeaders });
}

function check(what: string, headers: xHeader[], most: { count: number; value: number }): void {
  if (headers.length > most.count) {
    throw invalidArgument(`There can be at most ${String(most.count)} ${what} headers`);
  }
  if (headers.some(({ key, value }) => key.length > MAX_KEY || value.length > most.value)) {
    throw invalidArgument(
      `A ${what} header has a key of at most ${String(MAX_KEY)} characters and a value of at most ${String(most.value)}`,
    );
  }
}
