import { useCallback, useRef, useState } from 'react';

export interface Toast {
  id: number;
  kind: 'news' | 'error';
  text: string;
}

const SHOWN_MS = 6_000;
const MOST = 4;

/** A short list of news; the oldest goes first, errors stay until they are closed. */
export function useToasts(): {
  toasts: Toast[];
  show: (kind: Toast['kind'], text: string) => void;
  close: (id: number) => void;
} {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const lastId = useRef(0);
  const close = useCallback((id: number) => {
    setToasts((all) => all.filter((toast) => toast.id !== id));
  }, []);
  const show = useCallback(
    (kind: Toast['kind'], text: string) => {
      const id = ++lastId.current;
      setToasts((all) => [...all, { id, kind, text }].slice(-MOST));
      if (kind === 'news') {
        setTimeout(() => {
          close(id);
        }, SHOWN_MS);
      }
    },
    [close],
  );
  return { toasts, show, close };
}

export function Toasts({ toasts, close }: { toasts: Toast[]; close: (id: number) => void }) {
  return (
    <div className="toasts" role="log" aria-live="polite" aria-label="News of the call">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={`toast ${toast.kind}`}
          {...(toast.kind === 'error' ? { role: 'alert' } : {})}
        >
          <span>{toast.text}</span>
          <button
            type="button"
            className="quiet"
            aria-label={`Close: ${toast.text}`}
            onClick={() => {
              close(toast.id);
            }}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
