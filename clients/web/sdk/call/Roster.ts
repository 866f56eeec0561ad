import type { Participant, RosterDelta, Track } from '../generated/vaxel/signaling/v1/signaling_pb';
import { TrackState } from '../generated/vaxel/signaling/v1/signaling_pb';

/** One device of a user in the call, as the server knows it. */
export interface RosterEntry {
  readonly participantId: string;
  readonly userId: string;
  readonly displayName: string;
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
    // Somebody who is here already has a new name; tracks that the message doesn't repeat stay.
    const known = this.#entries.get(participant.participantId);
    this.#entries.set(participant.participantId, {
      participantId: participant.participantId,
      userId: participant.userId,
      displayName: participant.displayName,
      tracks: withTracks(known?.tracks ?? new Map<string, Track>(), participant.tracks),
    });
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
