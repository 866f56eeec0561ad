import type { ReactNode } from 'react';

import type { Call, RemoteParticipant, RemoteVideoStream } from '@vaxel/calling';

import { Icon } from './icons';
import { useEvents } from './useEvents';
import { Video } from './Video';

/** The user's own tile, mirrored. */
export function LocalTile({ call, onError }: { call: Call; onError: (error: unknown) => void }) {
  const camera = call.localVideoStreams.find((stream) => stream.mediaStreamType === 'Video');
  return (
    <Tile
      name="You"
      muted={call.isMuted}
      speaking={false}
      note={call.isScreenSharingOn ? 'You share your screen' : undefined}
    >
      {camera !== undefined && <Video stream={camera} mirrored onError={onError} />}
    </Tile>
  );
}

interface RemoteTileProps {
  participant: RemoteParticipant;
  onError: (error: unknown) => void;
}

/** Somebody else's tile. */
export function RemoteTile({ participant, onError }: RemoteTileProps) {
  useEvents(
    participant,
    'isMutedChanged',
    'isSpeakingChanged',
    'displayNameChanged',
    'videoStreamsUpdated',
  );
  const camera = participant.videoStreams.find(
    (stream: RemoteVideoStream) => stream.mediaStreamType === 'Video',
  );
  useEvents(camera, 'isAvailableChanged');
  return (
    <Tile
      name={participant.displayName ?? 'Somebody'}
      muted={participant.isMuted}
      speaking={participant.isSpeaking}
    >
      {camera?.isAvailable === true && <Video stream={camera} onError={onError} />}
    </Tile>
  );
}

interface TileProps {
  name: string;
  muted: boolean;
  speaking: boolean;
  note?: string | undefined;
  children: ReactNode;
}

function Tile({ name, muted, speaking, note, children }: TileProps) {
  return (
    <li className={speaking ? 'tile speaking' : 'tile'}>
      <div className="avatar" style={{ '--hue': hueOf(name) }} aria-hidden="true">
        {initialsOf(name)}
      </div>
      {children}
      {note !== undefined && <p className="tile-note">{note}</p>}
      <p className="tile-name">
        {muted && (
          <span className="muted">
            <Icon name="microphone" off />
            <span className="hidden">Muted: </span>
          </span>
        )}
        {name}
        {speaking && <span className="hidden"> (speaking)</span>}
      </p>
    </li>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [words[0] ?? '', last].map((word) => firstLetter(word).toUpperCase()).join('');
}

/** The first character as people see it, such as a letter with its accents. */
function firstLetter(word: string): string {
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    return segment;
  }
  return '';
}

/** A colour for a name, always the same. */
function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) {
    sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360;
  }
  return sum;
}
