/** A table of events: the name of each and the listener it takes. */
export type EventTable<E> = { [K in keyof E]: (...args: never[]) => void };

/** Something changed; the listener reads the property again. */
export type PropertyChangedEvent = () => void;

/** Members came to or went from a collection. */
export type CollectionUpdatedEvent<T> = (args: { added: T[]; removed: T[] }) => void;

/** What every object with events offers. */
export interface EventSource<E extends EventTable<E>> {
  on<K extends keyof E>(event: K, listener: E[K]): void;
  off<K extends keyof E>(event: K, listener: E[K]): void;
}

/**
 * Listeners by event. They run in the order of their registration, synchronously; one that throws doesn't keep the others
 * from running, and its error reaches the page's `error` event.
 */
export class Emitter<E extends EventTable<E>> implements EventSource<E> {
  readonly #listeners = new Map<keyof E, Set<E[keyof E]>>();

  on<K extends keyof E>(event: K, listener: E[K]): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(event, listeners);
  }

  off<K extends keyof E>(event: K, listener: E[K]): void {
    this.#listeners.get(event)?.delete(listener);
  }

  /** Whether anybody hears an event. */
  hasListeners(event: keyof E): boolean {
    return (this.#listeners.get(event)?.size ?? 0) > 0;
  }

  emit<K extends keyof E>(event: K, ...args: Parameters<E[K]>): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        (listener as (...args: Parameters<E[K]>) => void)(...args);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
