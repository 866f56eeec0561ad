import type { Call, RemoteParticipant, RemoteVideoStream } from '@vaxel/calling';

import { LocalTile, RemoteTile } from './Tile';
import { useEvents } from './useEvents';
import { Video } from './Video';

interface StageProps {
  call: Call;
  onError: (error: unknown) => void;
}

/** Everybody's tile; a shared screen gets the large place and the tiles move beside it. */
export function Stage({ call, onError }: StageProps) {
  const participants = call.remoteParticipants;
  const tiles = participants.length + 1;
  const style = { '--columns': Math.ceil(Math.sqrt(tiles)) };
  return (
    <main className="stage">
      {participants.map((participant) => (
        <SharedScreen key={keyOf(participant)} participant={participant} onError={onError} />
      ))}
      <ul className="tiles" style={style} aria-label="People in the call">
        <LocalTile call={call} onError={onError} />
        {participants.map((participant) => (
          <RemoteTile key={keyOf(participant)} participant={participant} onError={onError} />
        ))}
      </ul>
    </main>
  );
}

function keyOf({ identifier }: RemoteParticipant): string {
  switch (identifier.kind) {
    case 'communicationUser':
      return identifier.communicationUserId;
    case 'phoneNumber':
      return identifier.phoneNumber;
    case 'unknown':
      return identifier.id;
    default:
      return identifier.rawId ?? ''; // of Teams, which are in no call of this server
  }
}

function SharedScreen(props: {
  participant: RemoteParticipant;
  onError: (error: unknown) => void;
}) {
  const { participant, onError } = props;
  useEvents(participant, 'videoStreamsUpdated', 'displayNameChanged');
  const screen = participant.videoStreams.find(
    (stream: RemoteVideoStream) => stream.mediaStreamType === 'ScreenSharing',
  );
  useEvents(screen, 'isAvailableChanged');
  if (screen?.isAvailable !== true) {
    return null;
  }
  const title = `Screen of ${participant.displayName ?? 'somebody'}`;
  return (
    <figure className="screen" aria-label={title}>
      <Video stream={screen} scalingMode="Fit" onError={onError} />
      <figcaption>{title}</figcaption>
    </figure>
  );
}
