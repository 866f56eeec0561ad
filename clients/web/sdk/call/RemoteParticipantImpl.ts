import type {
  RemoteParticipant,
  RemoteParticipantEvents,
  RemoteParticipantState,
  RemoteVideoStream,
} from '../api';
import { Emitter } from '../events';
import { TrackKind, TrackState } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifierKind } from '../identifiers';
import { identifierFromRawId } from '../identifiers';
import type { RosterEntry } from './Roster';
import type { RemoteVideoStreamImpl } from './RemoteVideoStreamImpl';

/** Makes the stream object of a track that has appeared. */
export type VideoStreamFactory = (
  kind: TrackKind.VIDEO | TrackKind.SCREEN_SHARE,
  trackId: string,
  isAvailable: boolean,
) => RemoteVideoStreamImpl;

/** One user in the call, made of the roster's entries of all their devices. */
export class RemoteParticipantImpl
  extends Emitter<RemoteParticipantEvents>
  implements RemoteParticipant
{
  readonly identifier: CommunicationIdentifierKind;
  readonly #makeStream: VideoStreamFactory;
  #entries: readonly RosterEntry[] = [];
  #streams: RemoteVideoStreamImpl[] = [];
  #state: RemoteParticipantState = 'Connected';
  #displayName: string | undefined;
  #isMuted = true;
  #isSpeaking = false;

  constructor(entries: readonly RosterEntry[], makeStream: VideoStreamFactory) {
    super();
    this.identifier = identifierFromRawId(entries[0]?.userId ?? '');
    this.#makeStream = makeStream;
    this.update(entries);
  }

  get displayName(): string | undefined {
    return this.#displayName;
  }

  get endpointDetails(): readonly { participantId: string }[] {
    return this.#entries.map(({ participantId }) => ({ participantId }));
  }

  get state(): RemoteParticipantState {
    return this.#state;
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

  /** Takes what the roster now says about this user, and tells the listeners what changed. */
  update(entries: readonly RosterEntry[]): void {
    this.#entries = entries;
    this.#updateName(entries.map((entry) => entry.displayName).find((name) => name !== ''));
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

  /** The user has left with their last device, or the call is over. */
  end(): void {
    this.setSpeaking(false);
    this.#updateStreams([]);
    this.#state = 'Disconnected';
    this.emit('stateChanged');
  }

  #updateName(displayName: string | undefined): void {
    const oldValue = this.#displayName;
    if (oldValue !== displayName) {
      this.#displayName = displayName;
      this.emit('displayNameChanged', {
        ...(displayName === undefined ? {} : { newValue: displayName }),
        ...(oldValue === undefined ? {} : { oldValue }),
      });
    }
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
        added.push(this.#makeStream(kind, trackId, isAvailable));
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
