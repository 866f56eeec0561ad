import { useCallback, useEffect, useRef, useState } from 'react';

import { LocalVideoStream } from '@vaxel/calling';
import type { Call, CallClient, RemoteParticipant } from '@vaxel/calling';

import { Controls } from './Controls';
import { Help } from './Help';
import { Icon } from './icons';
import { deviceProblem, describeError } from './problems';
import { Stage } from './Stage';
import { Toasts, useToasts } from './toasts';
import { useEvents } from './useEvents';
import { useShortcuts } from './useShortcuts';

interface CallViewProps {
  call: Call;
  client: CallClient;
  groupId: string;
}

/** In the call. */
export function CallView({ call, client, groupId }: CallViewProps) {
  useEvents(
    call,
    'stateChanged',
    'isMutedChanged',
    'isIncomingAudioBlockedChanged',
    'isScreenSharingOnChanged',
    'isLocalVideoStartedChanged',
    'localVideoStreamsUpdated',
    'remoteParticipantsUpdated',
  );
  const { toasts, show, close } = useToasts();
  const [helpShown, setHelpShown] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  useNews(call, show);

  const attempt = useCallback(
    (change: Promise<void>, device?: 'camera' | 'microphone') => {
      change.catch((error: unknown) => {
        if (device === undefined) {
          show('error', describeError(error));
        } else {
          const { title, advice } = deviceProblem(device, error);
          show('error', `${title}. ${advice}`);
        }
      });
    },
    [show],
  );
  const toggleMicrophone = useCallback(() => {
    attempt(call.isMuted ? call.unmute() : call.mute(), 'microphone');
  }, [attempt, call]);
  const toggleCamera = useCallback(() => {
    attempt(switchCamera(call, client), 'camera');
  }, [attempt, call, client]);
  const toggleScreen = useCallback(() => {
    attempt(call.isScreenSharingOn ? call.stopScreenSharing() : call.startScreenSharing());
  }, [attempt, call]);
  const toggleHelp = useCallback(() => {
    setHelpShown((shown) => !shown);
  }, []);
  useShortcuts({ m: toggleMicrophone, c: toggleCamera, s: toggleScreen, '?': toggleHelp });

  const count = call.remoteParticipants.length + 1;
  return (
    <div className="call">
      <header className="call-bar">
        <h1 ref={heading} tabIndex={-1}>
          <span className="mark" aria-hidden="true" />
          {call.state === 'Connected' ? 'In the call' : 'Connecting…'}
        </h1>
        <span className="count">{count === 1 ? 'Only you' : `${String(count)} people`}</span>
        <CopyLink groupId={groupId} onCopied={show} />
      </header>
      {call.isIncomingAudioBlocked && (
        <div className="banner" role="alert">
          The browser has silenced this page.
          <button type="button">Turn the sound on</button>
        </div>
      )}
      <Stage
        call={call}
        onError={(error) => {
          show('error', describeError(error));
        }}
      />
      <Controls
        call={call}
        onMicrophone={toggleMicrophone}
        onCamera={toggleCamera}
        onScreen={toggleScreen}
        onHelp={toggleHelp}
        onLeave={() => {
          attempt(call.hangUp());
        }}
      />
      <Toasts toasts={toasts} close={close} />
      {helpShown && <Help onClose={toggleHelp} />}
    </div>
  );
}

/** Tells who comes and goes. */
function useNews(call: Call, show: (kind: 'news' | 'error', text: string) => void): void {
  useEffect(() => {
    const updated = (update: {
      added: RemoteParticipant[];
      removed: RemoteParticipant[];
    }): void => {
      for (const participant of update.added) {
        show('news', `${nameOf(participant)} is here`);
      }
      for (const participant of update.removed) {
        show('news', `${nameOf(participant)} has left`);
      }
    };
    call.on('remoteParticipantsUpdated', updated);
    return () => {
      call.off('remoteParticipantsUpdated', updated);
    };
  }, [call, show]);
}

function nameOf(participant: RemoteParticipant): string {
  return participant.displayName ?? 'Somebody';
}

async function switchCamera(call: Call, client: CallClient): Promise<void> {
  const sent = call.localVideoStreams.find((stream) => stream.mediaStreamType === 'Video');
  if (sent !== undefined) {
    await call.stopVideo(sent);
    sent.dispose(); // the preview before the call has opened it too
    return;
  }
  const cameras = await (await client.getDeviceManager()).getCameras();
  const camera = cameras[0] ?? { id: '', name: '', deviceType: 'Unknown' as const };
  await call.startVideo(new LocalVideoStream(camera));
}

function CopyLink(props: { groupId: string; onCopied: (kind: 'news', text: string) => void }) {
  return (
    <button
      type="button"
      className="quiet with-icon"
      title={`Call ${props.groupId}`}
      aria-label="Copy the link"
      onClick={() => {
        void navigator.clipboard.writeText(window.location.href).then(() => {
          props.onCopied('news', 'The address of this call is copied');
        });
      }}
    >
      <Icon name="link" /> <span>Copy the link</span>
    </button>
  );
}
