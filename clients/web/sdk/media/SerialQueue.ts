/** Runs asynchronous jobs one after the other, in the order they came; a job that fails doesn't stop the next. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Adds a job; the promise is that of the job. */
  run<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(job);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}
