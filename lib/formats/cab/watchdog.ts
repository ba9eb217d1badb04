export type WatchdogLimits = { readonly stallMs: number; readonly deadlineMs: number };

/** Calls `onTimeout` when `feed` is not called for `stallMs`, and at the deadline. */
export class Watchdog {
  readonly #stallMs: number;
  readonly #onTimeout: (problem: string) => void;
  readonly #deadline: NodeJS.Timeout;
  #stall: NodeJS.Timeout;
  #feedCount = 0;

  constructor({ stallMs, deadlineMs }: WatchdogLimits, onTimeout: (problem: string) => void) {
    this.#stallMs = stallMs;
    this.#onTimeout = onTimeout;
    this.#deadline = setTimeout(() => {
      onTimeout(`unpacking took longer than ${Math.ceil(deadlineMs / 1000)} seconds.`);
    }, deadlineMs);
    this.#stall = this.#startStallTimer();
  }

  feed(): void {
    this.#feedCount += 1;
    this.#stall.refresh();
  }

  stop(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#stall);
  }

  #startStallTimer(): NodeJS.Timeout {
    return setTimeout(() => {
      const feedCount = this.#feedCount;
      // If this process was busy, messages wait in the queue: handle them before deciding.
      setImmediate(() => {
        if (this.#feedCount === feedCount) {
          this.#onTimeout(`unpacking made no progress for ${this.#stallMs / 1000} seconds.`);
        }
      });
    }, this.#stallMs);
  }
}
