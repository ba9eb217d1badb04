import "server-only";

import { AppError } from "#foundation/core/errors";

type Task = () => void;

export type HashQueueOptions = {
  readonly maxRunning: number;
  readonly maxWaiting: number;
  readonly maxWaitingPerAddress: number;
};

/**
 * Runs a limited number of password hashes at once. Waiting addresses are served in turn, so that one address with many
 * attempts does not delay the others. Throws `unavailable` if too many tasks wait.
 */
export class HashQueue {
  readonly #options: HashQueueOptions;
  /** In the order in which the addresses are served. */
  readonly #waiting = new Map<string, Task[]>();
  #running = 0;
  #waitingCount = 0;

  constructor(options: HashQueueOptions) {
    this.#options = options;
  }

  async run<T>(address: string, hash: () => Promise<T>): Promise<T> {
    await this.#enter(address);
    try {
      return await hash();
    } finally {
      this.#leave();
    }
  }

  #enter(address: string): Promise<void> | undefined {
    const { maxRunning, maxWaiting, maxWaitingPerAddress } = this.#options;
    if (this.#running < maxRunning) {
      this.#running += 1;
      return undefined;
    }
    const tasks = this.#waiting.get(address) ?? [];
    if (this.#waitingCount >= maxWaiting || tasks.length >= maxWaitingPerAddress) {
      throw new AppError("unavailable", "Too many passwords are being checked.", {
        retryAfterSeconds: 5,
      });
    }
    this.#waitingCount += 1;
    return new Promise((resolve) => {
      tasks.push(resolve);
      this.#waiting.set(address, tasks);
    });
  }

  /** Passes the slot to the next address, so the number of running hashes does not change. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    const [address, tasks] = next;
    const task = tasks.shift();
    this.#waiting.delete(address);
    if (tasks.length > 0) {
      this.#waiting.set(address, tasks);
    }
    this.#waitingCount -= 1;
    task?.();
  }
}
