import type { ParticipantRole } from '../api';
import { CommunicationServicesError } from '../errors';
import {
  ParticipantRole as ProtocolRole,
  TrackKind,
} from '../generated/vaxel/signaling/v1/signaling_pb';

/** The server's sub-code for a track that a role may not send. */
const ROLE_FORBIDS = 40305;

export const SENDABLE = [TrackKind.AUDIO, TrackKind.VIDEO, TrackKind.SCREEN_SHARE] as const;

/** A role as the API names it. A role of a newer protocol is Unknown, and the server decides what it may do. */
export function roleOf(role: ProtocolRole | undefined): ParticipantRole {
  switch (role) {
    case ProtocolRole.PRESENTER:
      return 'Presenter';
    case ProtocolRole.COLLABORATOR:
      return 'Collaborator';
    case ProtocolRole.ATTENDEE:
      return 'Attendee';
    case ProtocolRole.CONSUMER:
      return 'Consumer';
    default:
      return 'Unknown';
  }
}

/** Whether a role may send tracks of a kind. */
export function maySend(role: ParticipantRole, kind: TrackKind): boolean {
  return role !== 'Consumer' && (role !== 'Attendee' || kind !== TrackKind.SCREEN_SHARE);
}

/** @throws CommunicationServicesError 403 when a role may not send tracks of a kind */
export function requireMaySend(role: ParticipantRole, kind: TrackKind): void {
  if (!maySend(role, kind)) {
    throw new CommunicationServicesError({
      code: 403,
      subCode: ROLE_FORBIDS,
      message: `The role ${role} does not allow this`,
    });
  }
}
