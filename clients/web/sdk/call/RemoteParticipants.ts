import type { RemoteParticipant } from '../api';
import type { CollectionUpdatedEvent } from '../events';
import { Emitter } from '../events';
import type { RosterDelta } from '../generated/vaxel/signaling/v1/signaling_pb';
import { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { SubscribeConnection } from '../media/SubscribeConnection';
import { RemoteParticipantImpl } from './RemoteParticipantImpl';
import { RemoteVideoStreamImpl } from './RemoteVideoStreamImpl';
import type { Roster } from './Roster';

interface RemoteParticipantsEvents {
  updated: CollectionUpdatedEvent<RemoteParticipant>;
}

/** The objects that an application sees of the others, kept in step with the roster. */
export class RemoteParticipants extends Emitter<RemoteParticipantsEvents> {
  readonly #connection: SubscribeConnection;
  /** By user id. */
  readonly #participants = new Map<string, RemoteParticipantImpl>();
  #roster: Roster | undefined;
  #lastStreamId = 0;

  constructor(connection: SubscribeConnection) {
    super();
    this.#connection = connection;
  }

  get all(): readonly RemoteParticipantImpl[] {
    return [...this.#participants.values()];
  }

  /** The call is joined, and these are there. */
  begin(roster: Roster): void {
    this.#roster = roster;
    this.#reconcile();
  }

  apply(delta: RosterDelta): void {
    this.#roster?.apply(delta);
    this.#reconcile();
  }

  /** Takes who speaks, and returns them loudest first. */
  setSpeakers(participantIds: readonly string[]): RemoteParticipantImpl[] {
    const users = participantIds.map(
      (id) => this.#roster?.entries().find((entry) => entry.participantId === id)?.userId ?? '',
    );
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
    for (const entry of this.#roster?.entries() ?? []) {
      for (const { trackId, kind } of entry.tracks.values()) {
        const receiver = this.#connection.receiver(trackId);
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
    this.#reconcile();
  }

  #reconcile(): void {
    const users = this.#roster?.byUser() ?? new Map<string, never>();
    const removed: RemoteParticipantImpl[] = [];
    for (const [userId, participant] of [...this.#participants]) {
      if (!users.has(userId)) {
        this.#participants.delete(userId);
        removed.push(participant);
      }
    }
    const added: RemoteParticipantImpl[] = [];
    for (const [userId, entries] of users) {
      const known = this.#participants.get(userId);
      if (known !== undefined) {
        known.update(entries);
        continue;
      }
      const participant = new RemoteParticipantImpl(entries, (kind, trackId, isAvailable) =>
        this.#makeStream(kind, trackId, isAvailable),
      );
      this.#participants.set(userId, participant);
      added.push(participant);
    }
    for (const participant of removed) {
      participant.end();
    }
    if (added.length + removed.length > 0) {
      this.emit('updated', { added, removed });
    }
  }

  #makeStream(
    kind: TrackKind.VIDEO | TrackKind.SCREEN_SHARE,
    trackId: string,
    isAvailable: boolean,
  ): RemoteVideoStreamImpl {
    return new RemoteVideoStreamImpl(
      ++this.#lastStreamId,
      kind === TrackKind.VIDEO ? 'Video' : 'ScreenSharing',
      trackId,
      isAvailable,
      this.#connection,
    );
  }

  #streams(): RemoteVideoStreamImpl[] {
    return this.all.flatMap((participant) => participant.streams);
  }
}
