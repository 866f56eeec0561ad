import { useEffect, useReducer } from 'react';

import type { EventSource } from '@vaxel/calling';

/** Renders again after each of these events of an object of the SDK; properties are then read afresh. */
export function useEvents<E extends { [K in keyof E]: (...args: never[]) => void }>(
  source: EventSource<E> | undefined,
  ...events: (keyof E)[]
): void {
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const names = events.join(' ');
  useEffect(() => {
    const listener = (() => {
      changed();
    }) as E[keyof E];
    const listened = names.split(' ') as (keyof E)[];
    for (const event of listened) {
      source?.on(event, listener);
    }
    changed(); // what happened between rendering and listening
    return () => {
      for (const event of listened) {
        source?.off(event, listener);
      }
    };
  }, [source, names]);
}
