import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';

import type { CallClient, LocalAudioStream, LocalVideoStream } from '@vaxel/calling';

import { Icon } from './icons';
import type { Identity } from './identity';
import { IdentityNotice } from './IdentityNotice';
import { LevelMeter } from './LevelMeter';
import type { DeviceProblem } from './problems';
import type { Device } from './useDevices';
import { useCamera, useMicrophone } from './useDevices';
import { Video } from './Video';

/** What the user wants to join with; the streams belong to whoever gets this. */
export interface JoinWish {
  name: string;
  /** Pasted by the user; empty in development mode. */
  token: string;
  camera: LocalVideoStream | undefined;
  microphone: LocalAudioStream | undefined;
}

interface LobbyProps {
  client: CallClient;
  groupId: string;
  onGroupId: (groupId: string) => void;
  identity: Identity;
  onRetry: () => void;
  joining: boolean;
  error: string | undefined;
  onJoin: (wish: JoinWish) => void;
}

const NAME_KEY = 'vaxel.demo.name';
const UUID_PATTERN = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** Before the call: who, where, and with which devices. */
export function Lobby(props: LobbyProps) {
  const { client, groupId, identity, joining, error } = props;
  const [name, setName] = useState(() => window.localStorage.getItem(NAME_KEY) ?? '');
  const [token, setToken] = useState('');
  const camera = useCamera(client);
  const microphone = useMicrophone(client);
  const ready = identity.kind === 'development' || (identity.kind === 'paste' && token !== '');
  const asking = identity.kind === 'asking';
  const form = useRef<HTMLFormElement>(null);
  /** Joined before the server had given its token: done as soon as it has. */
  const early = useRef(false);

  useEffect(() => {
    if (!asking && early.current) {
      early.current = false;
      form.current?.requestSubmit();
    }
  }, [asking]);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    early.current = asking;
    if (!ready || joining) {
      return;
    }
    window.localStorage.setItem(NAME_KEY, name.trim());
    props.onJoin({
      name: name.trim(),
      token: token.trim(),
      camera: camera.take(),
      microphone: microphone.take(),
    });
  };

  return (
    <main className="lobby">
      <header className="brand">
        <h1>
          <span className="mark" aria-hidden="true" />
          Vaxel
        </h1>
        <p>A call in your browser, through your own server.</p>
      </header>
      <form className="card" ref={form} onSubmit={submit}>
        <div className="preview-column">
          <Preview camera={camera} />
          <div className="device-row">
            <DeviceToggle device={microphone} name="microphone" />
            <DeviceToggle device={camera} name="camera" />
            {microphone.stream !== undefined && <LevelMeter stream={microphone.stream} />}
          </div>
          <DeviceChoice device={camera} label="Camera" />
          <DeviceChoice device={microphone} label="Microphone" />
          <Problem problem={microphone.problem} onRetry={microphone.retry} />
        </div>
        <div className="form-column">
          <label>
            Your name
            <input
              value={name}
              onChange={(event) => {
                setName(event.target.value);
              }}
              required
              maxLength={256}
              autoComplete="name"
              placeholder="How others see you"
            />
          </label>
          <div className="field">
            <label htmlFor="call">Call</label>
            <input
              id="call"
              className="code"
              value={groupId}
              onChange={(event) => {
                props.onGroupId(event.target.value.trim());
              }}
              required
              pattern={UUID_PATTERN}
              title="A UUID, such as 29228d3e-040e-4656-a70e-890ab4e173e5"
              spellCheck={false}
              autoComplete="off"
              aria-describedby="call-hint"
            />
            <small id="call-hint">
              Everybody with this page&rsquo;s address joins the same call.
            </small>
          </div>
          <IdentityNotice
            identity={identity}
            token={token}
            onToken={setToken}
            onRetry={props.onRetry}
          />
          {error !== undefined && (
            <p role="alert" className="problem">
              {error}
            </p>
          )}
          <button type="submit" className="primary" disabled={!(ready || asking) || joining}>
            {joining ? 'Joining…' : 'Join the call'}
          </button>
        </div>
      </form>
    </main>
  );
}

function Preview({ camera }: { camera: ReturnType<typeof useCamera> }) {
  return (
    <div className="preview">
      {camera.stream !== undefined ? (
        <Video stream={camera.stream} mirrored />
      ) : camera.problem !== undefined ? (
        <Problem problem={camera.problem} onRetry={camera.retry} />
      ) : (
        <p className="preview-note">{camera.wanted ? 'Opening the camera…' : 'Camera off'}</p>
      )}
    </div>
  );
}

function Problem(props: { problem: DeviceProblem | undefined; onRetry: () => void }) {
  if (props.problem === undefined) {
    return null;
  }
  return (
    <div className="problem" role="status">
      <strong>{props.problem.title}</strong>
      <p>{props.problem.advice}</p>
      <button type="button" onClick={props.onRetry}>
        Try again
      </button>
    </div>
  );
}

function DeviceToggle<S, I>(props: { device: Device<S, I>; name: 'camera' | 'microphone' }) {
  const { device, name } = props;
  return (
    <button
      type="button"
      className="round"
      aria-pressed={device.wanted}
      aria-label={`Join with ${name}`}
      title={device.wanted ? `Join without ${name}` : `Join with ${name}`}
      onClick={() => {
        device.setWanted(!device.wanted);
      }}
    >
      <Icon name={name} off={!device.wanted} />
    </button>
  );
}

function DeviceChoice<S, I extends { id: string; name: string }>(props: {
  device: Device<S, I>;
  label: string;
}) {
  const { device, label } = props;
  if (device.choices.length < 2) {
    return null;
  }
  return (
    <label>
      {label}
      <select
        value={device.chosen === '' ? device.choices[0]?.id : device.chosen}
        onChange={(event) => {
          device.choose(event.target.value);
        }}
      >
        {device.choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  );
}
