import { open } from "node:fs/promises";

/**
 * Makes finished files durable while the worker is at the next ones: waiting for the disk would
 * otherwise take as long as unpacking. One at a time, in the order they came.
 */
export class PartFlusher {
  #tail: Promise<void> = Promise.resolve();
  #isStopped = false;

  add(path: string): void {
    this.#tail = this.#tail.then(() => (this.#isStopped ? undefined : flush(path)));
    // Whoever awaits `finish` or `stop` learns of a failure; until then it is not an unhandled one.
    this.#tail.catch(() => undefined);
  }

  /** Resolves when everything is on disk; rejects when something could not be written. */
  async finish(): Promise<void> {
    await this.#tail;
  }

  /** Gives up what is waiting. Afterwards no file is open any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.allSettled([this.#tail]);
  }
}

async function flush(path: string): Promise<void> {
  // Opened for writing, because Windows flushes no other.
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
