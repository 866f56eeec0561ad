import type { CallEndReason, RemoteParticipant } from '../api';
import type { CollectionUpdatedEvent } from '../events';
import { Emitter } from '../events';
import type { RosterDelta } from '../generated/vaxel/signaling/v1/signaling_pb';
import { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { SubscribeConnection } from '../media/SubscribeConnection';
import { RemoteParticipantImpl } from './RemoteParticipantImpl';
import { RemoteVideoStreamImpl } from './RemoteVideoStreamImpl';
import type { Roster, RosterEntry } from './Roster';
import { HUNG_UP } from './states';

interface RemoteParticipantsEvents {
  updated: CollectionUpdatedEvent<RemoteParticipant>;
}

/** The objects that an application sees of the others, kept in step with the roster. */
export class RemoteParticipants extends Emitter<RemoteParticipantsEvents> {
  readonly #mute: (participantIds: string[]) => Promise<void>;
  /** By user id. */
  readonly #participants = new Map<string, RemoteParticipantImpl>();
  /** Users who are being called, before the server has put them into the roster. */
  readonly #expected = new Set<string>();
  #connection: SubscribeConnection | undefined;
  #roster: Roster | undefined;
  #lastStreamId = 0;

  /** @param mute asks the server to mute participants */
  constructor(mute: (participantIds: string[]) => Promise<void>) {
    super();
    this.#mute = mute;
  }

  get all(): readonly RemoteParticipantImpl[] {
    return [...this.#participants.values()];
  }

  /** Their devices, in the order of their coming. */
  get entries(): readonly RosterEntry[] {
    return this.#roster?.entries() ?? [];
  }

  byUser(userId: string): RemoteParticipantImpl | undefined {
    return this.#participants.get(userId);
  }

  /** On which their media arrives. */
  connect(connection: SubscribeConnection): void {
    this.#connection = connection;
  }

  /** Shows somebody who is about to be called; whoever is there already stays as they are. */
  expect(userId: string): RemoteParticipantImpl {
    if (!this.#participants.has(userId)) {
      this.#expected.add(userId);
      this.#reconcile();
    }
    return this.#participants.get(userId) ?? this.#make(userId);
  }

  /** They could not be called. */
  giveUp(userId: string, reason: CallEndReason): void {
    if (this.#expected.delete(userId)) {
      this.#reconcile(new Map([[userId, reason]]));
    }
  }

  /** The call is joined, and these are there. */
  begin(roster: Roster): void {
    this.#roster = roster;
    this.#expected.clear();
    this.#reconcile();
  }

  apply(delta: RosterDelta): void {
    const reasons = new Map<string, CallEndReason>();
    for (const { participantId, code, subCode } of delta.departures) {
      const userId = this.#roster?.userOf(participantId);
      if (userId !== undefined) {
        reasons.set(userId, { code, subCode });
      }
    }
    for (const { userId } of delta.joined) {
      this.#expected.delete(userId);
    }
    this.#roster?.apply(delta);
    this.#reconcile(reasons);
  }

  /** Takes who speaks, and returns them loudest first. */
  setSpeakers(participantIds: readonly string[]): RemoteParticipantImpl[] {
    const users = participantIds.map((id) => this.#roster?.userOf(id) ?? '');
    const speakers = [...new Set(users)]
      .map((userId) => this.#participants.get(userId))
      .filter((participant) => participant !== undefined);
    for (const participant of this.#participants.values()) {
      participant.setSpeaking(speakers.includes(participant));
    }
    return speakers;
  }

  /** Other tracks arrive than before. */
  tracksChanged(): void {
    for (const stream of this.#streams()) {
      stream.tracksChanged();
    }
  }

  /** The microphones that arrive, by track id. */
  audioTracks(): Map<string, MediaStreamTrack> {
    const tracks = new Map<string, MediaStreamTrack>();
    for (const entry of this.entries) {
      for (const { trackId, kind } of entry.tracks.values()) {
        const receiver = this.#connection?.receiver(trackId);
        if (kind === TrackKind.AUDIO && receiver !== undefined) {
          tracks.set(trackId, receiver.track);
        }
      }
    }
    return tracks;
  }

  /** Looks at what arrives of the videos; to be called once a second. */
  async check(): Promise<void> {
    await Promise.all(this.#streams().map((stream) => stream.check()));
  }

  /** The call is over. */
  end(): void {
    this.#roster = undefined;
    this.#expected.clear();
    this.#reconcile();
  }

  #reconcile(reasons: ReadonlyMap<string, CallEndReason> = new Map()): void {
    const users = this.#roster?.byUser() ?? new Map<string, RosterEntry[]>();
    for (const userId of this.#expected) {
      users.set(userId, users.get(userId) ?? []);
    }
    const removed: RemoteParticipantImpl[] = [];
    for (const [userId, participant] of [...this.#participants]) {
      if (!users.has(userId)) {
        this.#participants.delete(userId);
        removed.push(participant);
        participant.end(reasons.get(userId) ?? HUNG_UP);
      }
    }
    const added: RemoteParticipantImpl[] = [];
    for (const [userId, entries] of users) {
      const participant = this.#participants.get(userId) ?? this.#make(userId);
      if (!this.#participants.has(userId)) {
        this.#participants.set(userId, participant);
        added.push(participant);
      }
      participant.update(entries);
    }
    if (added.length + removed.length > 0) {
      this.emit('updated', { added, removed });
    }
  }

  #make(userId: string): RemoteParticipantImpl {
    return new RemoteParticipantImpl(
      userId,
      (kind, trackId, isAvailable) => this.#makeStream(kind, trackId, isAvailable),
      this.#mute,
    );
  }

  #makeStream(
    kind: TrackKind.VIDEO | TrackKind.SCREEN_SHARE,
    trackId: string,
    isAvailable: boolean,
  ): RemoteVideoStreamImpl | undefined {
    return (
      this.#connection &&
      new RemoteVideoStreamImpl(
        ++this.#lastStreamId,
        kind === TrackKind.VIDEO ? 'Video' : 'ScreenSharing',
        trackId,
        isAvailable,
        this.#connection,
      )
    );
  }

  #streams(): RemoteVideoStreamImpl[] {
    return this.all.flatMap((participant) => participant.streams);
  }
}
