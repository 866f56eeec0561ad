import type { CallEndReason, CallState, RemoteParticipantState } from '../api';
import { CallKind, ParticipantState } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { RosterEntry } from './Roster';

/** How far this client itself has come. */
export type Phase = 'none' | 'entering' | 'lobby' | 'joined' | 'ready' | 'leaving' | 'over';

/** What the state of a call follows from. */
export interface CallFacts {
  /** `joined`: the server has this client in the call; `ready`: media flows as well. */
  phase: Phase;
  /** The call waits for somebody to accept. */
  rings: boolean;
  held: boolean;
  kind: CallKind;
  others: readonly RosterEntry[];
}

/** The state that the application sees. */
export function callStateOf(facts: CallFacts): CallState {
  switch (facts.phase) {
    case 'none':
      return 'None';
    case 'entering':
      return 'Connecting';
    case 'lobby':
      return 'InLobby';
    case 'leaving':
      return 'Disconnecting';
    case 'over':
      return 'Disconnected';
    default:
  }
  const are = (state: ParticipantState): boolean =>
    facts.others.some((entry) => entry.state === state);
  if (facts.rings) {
    return are(ParticipantState.EARLY_MEDIA)
      ? 'EarlyMedia'
      : are(ParticipantState.RINGING)
        ? 'Ringing'
        : 'Connecting';
  }
  if (facts.phase === 'joined') {
    return 'Connecting';
  }
  if (facts.held) {
    return 'LocalHold';
  }
  const isHeldByOther =
    facts.kind === CallKind.ONE_TO_ONE &&
    facts.others.length > 0 &&
    facts.others.every((entry) => entry.state === ParticipantState.ON_HOLD);
  return isHeldByOther ? 'RemoteHold' : 'Connected';
}

/** Whether somebody has come, whatever they do now. */
export function hasAccepted(entry: RosterEntry): boolean {
  return (
    entry.state !== ParticipantState.CONNECTING &&
    entry.state !== ParticipantState.RINGING &&
    entry.state !== ParticipantState.EARLY_MEDIA
  );
}

const STATES: readonly (readonly [ParticipantState, RemoteParticipantState])[] = [
  [ParticipantState.CONNECTED, 'Connected'],
  [ParticipantState.UNSPECIFIED, 'Connected'],
  [ParticipantState.ON_HOLD, 'Hold'],
  [ParticipantState.IN_LOBBY, 'InLobby'],
  [ParticipantState.EARLY_MEDIA, 'EarlyMedia'],
  [ParticipantState.RINGING, 'Ringing'],
  [ParticipantState.RECONNECTING, 'Connecting'],
  [ParticipantState.CONNECTING, 'Connecting'],
];

/** The state of a user with these devices: that of the one which has come furthest. */
export function participantStateOf(devices: readonly RosterEntry[]): RemoteParticipantState {
  const states = new Set(devices.map(({ state }) => state));
  return STATES.find(([state]) => states.has(state))?.[1] ?? 'Idle';
}

/** callEndReason values that are made here, of the table in docs/calling/end-reasons.md. */
export const HUNG_UP: CallEndReason = { code: 0, subCode: 0 };
export const ENDED_FOR_EVERYONE: CallEndReason = { code: 0, subCode: 4097 };
export const NO_ANSWER: CallEndReason = { code: 487, subCode: 10004 };
export const DECLINED: CallEndReason = { code: 603, subCode: 0 };
