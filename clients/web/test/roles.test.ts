import { describe, expect, test } from 'vitest';

import type { ParticipantRole } from '../sdk/api';
import { maySend, requireMaySend, roleOf, SENDABLE } from '../sdk/call/roles';
import {
  ParticipantRole as ProtocolRole,
  TrackKind,
} from '../sdk/generated/vaxel/signaling/v1/signaling_pb';

describe('roles in rooms', () => {
  test.each<[ParticipantRole, readonly TrackKind[]]>([
    ['Unknown', SENDABLE],
    ['Presenter', SENDABLE],
    ['Collaborator', SENDABLE],
    ['Attendee', [TrackKind.AUDIO, TrackKind.VIDEO]],
    ['Consumer', []],
  ])('%s', (role, allowed) => {
    expect(SENDABLE.filter((kind) => maySend(role, kind))).toEqual(allowed);
  });

  test('what a role does not allow is refused as the server would', () => {
    expect(() => {
      requireMaySend('Consumer', TrackKind.AUDIO);
    }).toThrow(expect.objectContaining({ code: 403, subCode: 40305 }));
    expect(() => {
      requireMaySend('Attendee', TrackKind.VIDEO);
    }).not.toThrow();
  });

  test('roles of the protocol have the names of the API, and none is unknown', () => {
    expect(roleOf(ProtocolRole.PRESENTER)).toBe('Presenter');
    expect(roleOf(ProtocolRole.COLLABORATOR)).toBe('Collaborator');
    expect(roleOf(ProtocolRole.ATTENDEE)).toBe('Attendee');
    expect(roleOf(ProtocolRole.CONSUMER)).toBe('Consumer');
    expect(roleOf(ProtocolRole.UNSPECIFIED)).toBe('Unknown');
  });
});
