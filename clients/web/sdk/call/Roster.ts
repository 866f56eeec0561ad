import type {
  Participant,
  ParticipantRole,
  ParticipantState,
  RosterDelta,
  Track,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import { TrackState } from '../generated/vaxel/signaling/v1/signaling_pb';

/** One device of a user in the call, as the server knows it. */
export interface RosterEntry {
  readonly participantId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly state: ParticipantState;
  readonly role: ParticipantRole;
  /** Zero: the hand is not raised. Who raised it first has the lowest number. */
  readonly raisedHand: number;
  readonly audioForbidden: boolean;
  readonly videoForbidden: boolean;
  /** By track id. */
  readonly tracks: ReadonlyMap<string, Track>;
}

/** Who is in the call besides this client: the list of Joined, kept true by the deltas that follow. */
export class Roster {
  readonly #ownParticipantId: string;
  readonly #entries = new Map<string, RosterEntry>();

  constructor(ownParticipantId: string, participants: readonly Participant[]) {
    this.#ownParticipantId = ownParticipantId;
    for (const participant of participants) {
      this.#join(participant);
    }
  }

  /** Applies a delta in the order of its fields; what it says about people who are not here is ignored. */
  apply(delta: RosterDelta): void {
    for (const participant of delta.joined) {
      this.#join(participant);
    }
    for (const participantId of delta.left) {
      this.#entries.delete(participantId);
    }
    for (const { participantId, track } of delta.tracks) {
      const entry = this.#entries.get(participantId);
      if (entry !== undefined && track !== undefined) {
        this.#entries.set(participantId, { ...entry, tracks: withTracks(entry.tracks, [track]) });
      }
    }
  }

  /** Everybody else, in the order of their coming. */
  entries(): RosterEntry[] {
    return [...this.#entries.values()];
  }

  /** Whose device this is; undefined for one that is not here. */
  userOf(participantId: string): string | undefined {
    return this.#entries.get(participantId)?.userId;
  }

  /** The devices of each user, in the order of the users' coming. */
  byUser(): Map<string, RosterEntry[]> {
    const users = new Map<string, RosterEntry[]>();
    for (const entry of this.#entries.values()) {
      users.set(entry.userId, [...(users.get(entry.userId) ?? []), entry]);
    }
    return users;
  }

  #join(participant: Participant): void {
    if (participant.participantId === this.#ownParticipantId) {
      return;
    }
    const { participantId, userId, displayName, state, role, raisedHand } = participant;
    const { audioForbidden, videoForbidden } = participant;
    const forbidden = { audioForbidden, videoForbidden };
    const tracks = withTracks(new Map<string, Track>(), participant.tracks);
    const entry = { participantId, userId, displayName, state, role, raisedHand, tracks };
    this.#entries.set(participantId, { ...entry, ...forbidden });
  }
}

function withTracks(
  before: ReadonlyMap<string, Track>,
  changed: readonly Track[],
): ReadonlyMap<string, Track> {
  const after = new Map(before);
  for (const track of changed) {
    if (track.state === TrackState.OFF) {
      after.delete(track.trackId);
    } else {
      after.set(track.trackId, track);
    }
  }
  return after;
}
