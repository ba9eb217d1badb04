export type WatchdogLimits = { readonly stallMs: number; readonly deadlineMs: number };

/** Says so, once, when it has not been fed for a while or when the deadline has passed. */
export class Watchdog {
  readonly #stallMs: number;
  readonly #onTimeout: (problem: string) => void;
  readonly #deadline: NodeJS.Timeout;
  #stall: NodeJS.Timeout;
  #meals = 0;

  constructor({ stallMs, deadlineMs }: WatchdogLimits, onTimeout: (problem: string) => void) {
    this.#stallMs = stallMs;
    this.#onTimeout = onTimeout;
    this.#deadline = setTimeout(() => {
      onTimeout(`unpacking took longer than ${Math.ceil(deadlineMs / 1000)} seconds.`);
    }, deadlineMs);
    this.#stall = this.#startStallTimer();
  }

  feed(): void {
    this.#meals += 1;
    this.#stall.refresh();
  }

  stop(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#stall);
  }

  #startStallTimer(): NodeJS.Timeout {
    return setTimeout(() => {
      const meals = this.#meals;
      // If it was this process that was busy, messages are waiting: let them in before judging.
      setImmediate(() => {
        if (this.#meals === meals) {
          this.#onTimeout(`unpacking made no progress for ${this.#stallMs / 1000} seconds.`);
        }
      });
    }, this.#stallMs);
  }
}
