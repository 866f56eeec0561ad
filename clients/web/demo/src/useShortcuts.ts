import { useEffect } from 'react';

/** Runs what belongs to a key, unless the user is typing, holds a modifier or has a dialog open. */
export function useShortcuts(actions: Record<string, () => void>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const typing =
        event.target instanceof Element && event.target.matches('input,textarea,select');
      const inDialog = document.querySelector('dialog[open]') !== null;
      if (typing || inDialog || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      actions[event.key.toLowerCase()]?.();
    };
    document.addEventListener('keydown', pressed);
    return () => {
      document.removeEventListener('keydown', pressed);
    };
  }, [actions]);
}
