import { open } from "node:fs/promises";

/**
 * Flushes finished files to disk while the worker unpacks the next ones; waiting for the disk takes as long
 * as unpacking. Flushes one file at a time, in order.
 */
export class PartFlusher {
  #tail: Promise<void> = Promise.resolve();
  #isStopped = false;

  add(path: string): void {
    this.#tail = this.#tail.then(() => (this.#isStopped ? undefined : flush(path)));
    // `finish` reports the failure; this avoids an unhandled rejection before it is called.
    this.#tail.catch(() => undefined);
  }

  /** Resolves when every file is on disk; rejects when a flush failed. */
  async finish(): Promise<void> {
    await this.#tail;
  }

  /** Skips the files that wait. When it resolves, no file is open. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.allSettled([this.#tail]);
  }
}

async function flush(path: string): Promise<void> {
  // Opened for writing, because Windows flushes only such files.
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
