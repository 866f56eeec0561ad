import type { MessageInitShape } from '@bufbuild/protobuf';
import { create } from '@bufbuild/protobuf';

import type {
  AddPhoneNumberOptions,
  CallerInfo,
  CustomContext,
  GroupCallLocator,
  RoomCallLocator,
} from '../api';
import type {
  CallerInfo as ProtocolCallerInfo,
  CustomContext as ProtocolCustomContext,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  AnswerCallSchema,
  AutoSubscribe,
  CustomContextSchema,
  JoinSchema,
  PlaceCallSchema,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import { identifierFromRawId } from '../identifiers';
import type { Request } from '../signaling/SignalingConnection';

/** How this client gets into a call. */
export type CallEntry =
  | { kind: 'join'; locator: GroupCallLocator | RoomCallLocator }
  | {
      kind: 'place';
      /** Raw ids. */
      targets: string[];
      alternateCallerId: string;
      customContext: CustomContext | undefined;
      /** Set when the call carries out a transfer. */
      transferId: string;
    }
  | { kind: 'answer'; callId: string }
  /** Takes the place of who transferred this client to another call. */
  | { kind: 'replace'; transferId: string };

/** The request that goes this way in; it subscribes to everybody's voice. */
export function entryRequest(entry: CallEntry): Request {
  const autoSubscribe = AutoSubscribe.AUDIO;
  switch (entry.kind) {
    case 'join': {
      const locator =
        'roomId' in entry.locator
          ? ({ case: 'roomId', value: entry.locator.roomId } as const)
          : ({ case: 'groupId', value: entry.locator.groupId } as const);
      return { case: 'join', value: create(JoinSchema, { locator, autoSubscribe }) };
    }
    case 'replace': {
      const locator = { case: 'transferId', value: entry.transferId } as const;
      return { case: 'join', value: create(JoinSchema, { locator, autoSubscribe }) };
    }
    case 'answer': {
      const value = create(AnswerCallSchema, { callId: entry.callId, autoSubscribe });
      return { case: 'answerCall', value };
    }
    case 'place': {
      const { targets, alternateCallerId, transferId } = entry;
      const context = entry.customContext && { customContext: toProtocol(entry.customContext) };
      const call = { targets, alternateCallerId, transferId, autoSubscribe, ...context };
      return { case: 'placeCall', value: create(PlaceCallSchema, call) };
    }
  }
}

/** The number that telephones are to be shown; empty for none. */
export function alternateCallerIdOf(options: AddPhoneNumberOptions): string {
  return options.alternateCallerId?.phoneNumber ?? '';
}

export function toProtocol(context: CustomContext): MessageInitShape<typeof CustomContextSchema> {
  return {
    userToUser: context.userToUser ?? '',
    sipHeaders: [...(context.sipHeaders ?? []), ...oldHeadersOf(context)],
    voipHeaders: context.voipHeaders ?? [],
  };
}

export function customContextOf(context: ProtocolCustomContext): CustomContext {
  const plain = ({
    key,
    value,
  }: {
    key: string;
    value: string;
  }): { key: string; value: string } => ({
    key,
    value,
  });
  return {
    userToUser: context.userToUser,
    sipHeaders: context.sipHeaders.map(plain),
    voipHeaders: context.voipHeaders.map(plain),
  };
}

export function callerInfoOf(caller: ProtocolCallerInfo): CallerInfo {
  const identifier = identifierFromRawId(caller.userId);
  return caller.displayName === ''
    ? { identifier }
    : { identifier, displayName: caller.displayName };
}

function oldHeadersOf(context: CustomContext): { key: string; value: string }[] {
  // Applications of before sipHeaders.
  const { xHeaders }: { xHeaders?: { key: string; value: string }[] } = context;
  return xHeaders ?? [];
}
