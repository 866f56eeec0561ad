import { useCallback, useEffect, useState } from 'react';

import { CallClient } from '@vaxel/calling';
import type { Call, CallAgent } from '@vaxel/calling';

import { CallView } from './CallView';
import { Ended } from './Ended';
import type { Identity } from './identity';
import { askForToken, credentialOf, isFresh } from './identity';
import type { JoinWish } from './Lobby';
import { Lobby } from './Lobby';
import { describeEnd, describeError } from './problems';

type Phase =
  | { name: 'lobby'; error?: string }
  | { name: 'joining' }
  | { name: 'call'; call: Call }
  | { name: 'ended'; reason: string | undefined };

/** The page: before, in and after a call. */
export function App() {
  const [client] = useState(() => new CallClient({ endpoint: window.location.origin }));
  const [groupId, setGroupId] = useGroupId();
  const [identity, setIdentity] = useState<Identity>({ kind: 'asking' });
  const [phase, setPhase] = useState<Phase>({ name: 'lobby' });

  const ask = useCallback(() => {
    setIdentity({ kind: 'asking' });
    void askForToken().then(setIdentity);
  }, []);
  useEffect(() => {
    void askForToken().then(setIdentity);
  }, []);

  const join = async (wish: JoinWish): Promise<void> => {
    setPhase({ name: 'joining' });
    let agent: CallAgent | undefined;
    try {
      const token = await tokenFor(identity, wish.token, setIdentity);
      agent = await client.createCallAgent(credentialOf(token), { displayName: wish.name });
      const call = agent.join(
        { groupId },
        {
          audioOptions: {
            muted: wish.microphone === undefined,
            ...(wish.microphone === undefined ? {} : { localAudioStreams: [wish.microphone] }),
          },
          videoOptions: { localVideoStreams: wish.camera === undefined ? [] : [wish.camera] },
        },
      );
      endWith(call, agent, (reason) => {
        setPhase({ name: 'ended', reason });
      });
      setPhase({ name: 'call', call });
    } catch (error) {
      wish.microphone?.dispose();
      wish.camera?.dispose();
      await agent?.dispose();
      setPhase({ name: 'lobby', error: describeError(error) });
    }
  };

  switch (phase.name) {
    case 'lobby':
    case 'joining':
      return (
        <Lobby
          client={client}
          groupId={groupId}
          onGroupId={setGroupId}
          identity={identity}
          onRetry={ask}
          joining={phase.name === 'joining'}
          error={phase.name === 'lobby' ? phase.error : undefined}
          onJoin={(wish) => {
            void join(wish);
          }}
        />
      );
    case 'call':
      return <CallView call={phase.call} client={client} groupId={groupId} />;
    case 'ended':
      return (
        <Ended
          reason={phase.reason}
          onBack={() => {
            setPhase({ name: 'lobby' });
          }}
        />
      );
  }
}

/** Disposes the agent when the call is over, and says why it is. */
function endWith(call: Call, agent: CallAgent, ended: (reason: string | undefined) => void): void {
  call.on('stateChanged', () => {
    if (call.state === 'Disconnected') {
      void agent.dispose();
      ended(describeEnd(call.callEndReason));
    }
  });
}

async function tokenFor(
  identity: Identity,
  pasted: string,
  update: (identity: Identity) => void,
): Promise<string> {
  if (identity.kind !== 'development') {
    return pasted;
  }
  if (isFresh(identity.token)) {
    return identity.token.token;
  }
  const next = await askForToken();
  update(next);
  return next.kind === 'development' ? next.token.token : pasted;
}

/** The group id, which the address of the page carries so that it can be shared. */
function useGroupId(): [string, (groupId: string) => void] {
  const [groupId, setGroupId] = useState(
    () => new URLSearchParams(window.location.search).get('group') ?? crypto.randomUUID(),
  );
  useEffect(() => {
    const url = new URL(window.location.href);
    url.searchParams.set('group', groupId);
    window.history.replaceState(null, '', url);
  }, [groupId]);
  return [groupId, setGroupId];
}
