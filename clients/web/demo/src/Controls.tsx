import type { Call } from '@vaxel/calling';

import { Icon } from './icons';

interface ControlsProps {
  call: Call;
  onMicrophone: () => void;
  onCamera: () => void;
  onScreen: () => void;
  onHelp: () => void;
  onLeave: () => void;
}

/** The buttons of the call. */
export function Controls(props: ControlsProps) {
  const { call } = props;
  const canShare = 'getDisplayMedia' in ((navigator as Partial<Navigator>).mediaDevices ?? {});
  return (
    <nav className="controls" aria-label="Call controls">
      <ControlButton
        icon="microphone"
        label="Microphone"
        short="Mic"
        shortcut="M"
        on={!call.isMuted}
        onClick={props.onMicrophone}
      />
      <ControlButton
        icon="camera"
        label="Camera"
        short="Camera"
        shortcut="C"
        on={call.isLocalVideoStarted}
        onClick={props.onCamera}
      />
      {canShare && (
        <ControlButton
          icon="screen"
          label="Share screen"
          short="Share"
          shortcut="S"
          on={call.isScreenSharingOn}
          plain
          onClick={props.onScreen}
        />
      )}
      <button type="button" className="control" title="Shortcuts (?)" onClick={props.onHelp}>
        <Icon name="help" />
        <span>Help</span>
      </button>
      <button type="button" className="control leave" onClick={props.onLeave}>
        <Icon name="leave" />
        <span>Leave</span>
      </button>
    </nav>
  );
}

interface ControlButtonProps {
  icon: 'microphone' | 'camera' | 'screen';
  label: string;
  /** Beneath the icon. */
  short: string;
  shortcut: string;
  on: boolean;
  /** Off is its usual state, not struck through. */
  plain?: boolean;
  onClick: () => void;
}

function ControlButton({
  icon,
  label,
  short,
  shortcut,
  on,
  plain = false,
  onClick,
}: ControlButtonProps) {
  return (
    <button
      type="button"
      className={plain ? 'control plain' : 'control'}
      aria-pressed={on}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={`${label}: ${on ? 'on' : 'off'} (${shortcut})`}
      onClick={onClick}
    >
      <Icon name={icon} off={!on && !plain} />
      <span>{short}</span>
    </button>
  );
}
