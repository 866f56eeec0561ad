import type {
  CallEndReason,
  ParticipantRole,
  RemoteParticipant,
  RemoteParticipantEvents,
  RemoteParticipantState,
  RemoteVideoStream,
} from '../api';
import { wrongState } from '../errors';
import { Emitter } from '../events';
import { TrackKind, TrackState } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifierKind } from '../identifiers';
import { identifierFromRawId } from '../identifiers';
import type { RosterEntry } from './Roster';
import type { RemoteVideoStreamImpl } from './RemoteVideoStreamImpl';
import { roleOf } from './roles';
import { participantStateOf } from './states';

/** Makes the stream object of a track that has appeared; undefined while no media can arrive. */
export type VideoStreamFactory = (
  kind: TrackKind.VIDEO | TrackKind.SCREEN_SHARE,
  trackId: string,
  isAvailable: boolean,
) => RemoteVideoStreamImpl | undefined;

/** One user in the call or on the way into it, made of the roster's entries of all their devices. */
export class RemoteParticipantImpl
  extends Emitter<RemoteParticipantEvents>
  implements RemoteParticipant
{
  readonly identifier: CommunicationIdentifierKind;
  readonly #makeStream: VideoStreamFactory;
  readonly #mute: (participantIds: string[]) => Promise<void>;
  #entries: readonly RosterEntry[] = [];
  #streams: RemoteVideoStreamImpl[] = [];
  #state: RemoteParticipantState = 'Idle';
  #role: ParticipantRole = 'Unknown';
  #callEndReason: CallEndReason | undefined;
  #displayName: string | undefined;
  #hasDisplayNameChanged = false;
  #isMuted = true;
  #isSpeaking = false;

  /** @param userId a raw id */
  constructor(
    userId: string,
    makeStream: VideoStreamFactory,
    mute: (participantIds: string[]) => Promise<void>,
  ) {
    super();
    this.identifier = identifierFromRawId(userId);
    this.#makeStream = makeStream;
    this.#mute = mute;
  }

  get displayName(): string | undefined {
    return this.#displayName;
  }

  get hasDisplayNameChanged(): boolean {
    return this.#hasDisplayNameChanged;
  }

  get endpointDetails(): { participantId: string }[] {
    return this.#entries.map(({ participantId }) => ({ participantId }));
  }

  get state(): RemoteParticipantState {
    return this.#state;
  }

  get role(): ParticipantRole {
    return this.#role;
  }

  get callEndReason(): CallEndReason | undefined {
    return this.#callEndReason;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  get isSpeaking(): boolean {
    return this.#isSpeaking;
  }

  get videoStreams(): readonly RemoteVideoStream[] {
    return this.#streams;
  }

  /** The same, as this SDK's own class. */
  get streams(): readonly RemoteVideoStreamImpl[] {
    return this.#streams;
  }

  /** @throws CommunicationServicesError 404 or 409 when they are not in the call, 403 when this client may not */
  async mute(): Promise<void> {
    if (this.#entries.length === 0) {
      throw wrongState('They have not come yet');
    }
    await this.#mute(this.#entries.map(({ participantId }) => participantId));
  }

  /** Takes what the roster now says about this user, and tells the listeners what changed. */
  update(entries: readonly RosterEntry[]): void {
    const isNew = this.#entries.length === 0;
    this.#entries = entries;
    this.#updateName(
      entries.map((entry) => entry.displayName).find((name) => name !== ''),
      isNew,
    );
    this.#updateRole(roleOf(entries[0]?.role));
    this.#setState(participantStateOf(entries));
    const isMuted = !entries.some((entry) => hasOpenMicrophone(entry));
    if (this.#isMuted !== isMuted) {
      this.#isMuted = isMuted;
      this.emit('isMutedChanged');
    }
    this.#updateStreams(entries);
  }

  setSpeaking(isSpeaking: boolean): void {
    if (this.#isSpeaking !== isSpeaking) {
      this.#isSpeaking = isSpeaking;
      this.emit('isSpeakingChanged');
    }
  }

  /** The user has left with their last device, did not come, or the call is over. */
  end(reason: CallEndReason): void {
    this.setSpeaking(false);
    this.#updateStreams([]);
    this.#entries = [];
    this.#callEndReason = reason;
    this.#setState('Disconnected');
  }

  #setState(state: RemoteParticipantState): void {
    if (this.#state !== state) {
      this.#state = state;
      this.emit('stateChanged');
    }
  }

  #updateRole(role: ParticipantRole): void {
    if (this.#role !== role) {
      this.#role = role;
      this.emit('roleChanged');
    }
  }

  #updateName(displayName: string | undefined, isFirst: boolean): void {
    const oldValue = this.#displayName;
    if (oldValue === displayName) {
      return;
    }
    this.#displayName = displayName;
    this.#hasDisplayNameChanged ||= !isFirst && oldValue !== undefined;
    this.emit('displayNameChanged', {
      ...(displayName === undefined ? {} : { newValue: displayName }),
      ...(oldValue === undefined ? {} : { oldValue }),
      ...(this.#hasDisplayNameChanged ? { reason: 'editedDisplayName' as const } : {}),
    });
  }

  #updateStreams(entries: readonly RosterEntry[]): void {
    const tracks = entries.flatMap((entry) => [...entry.tracks.values()]);
    const removed = this.#streams.filter(
      (stream) => !tracks.some((track) => track.trackId === stream.trackId),
    );
    const added: RemoteVideoStreamImpl[] = [];
    for (const { kind, trackId, state } of tracks) {
      if (kind !== TrackKind.VIDEO && kind !== TrackKind.SCREEN_SHARE) {
        continue;
      }
      const isAvailable = state === TrackState.ON;
      const known = this.#streams.find((stream) => stream.trackId === trackId);
      if (known !== undefined) {
        known.setAvailable(isAvailable);
      } else {
        const stream = this.#makeStream(kind, trackId, isAvailable);
        if (stream !== undefined) {
          added.push(stream);
        }
      }
    }
    if (added.length + removed.length > 0) {
      this.#streams = [...this.#streams.filter((stream) => !removed.includes(stream)), ...added];
      for (const stream of removed) {
        stream.end();
      }
      this.emit('videoStreamsUpdated', { added, removed });
    }
  }
}

function hasOpenMicrophone(entry: RosterEntry): boolean {
  return [...entry.tracks.values()].some(
    (track) => track.kind === TrackKind.AUDIO && track.state === TrackState.ON,
  );
}
