import { useEffect, useRef } from 'react';

const SHORTCUTS = [
  ['M', 'Microphone on or off'],
  ['C', 'Camera on or off'],
  ['S', 'Share the screen, or stop'],
  ['?', 'This help'],
  ['Tab', 'To the next button'],
] as const;

/** The keyboard shortcuts, as a dialog. */
export function Help({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="card help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keyboard</h2>
      <dl>
        {SHORTCUTS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="primary" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
