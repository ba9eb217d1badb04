import "server-only";
import { AppError } from "#foundation/core/errors";
import type { HelperCommand } from "#access/ntlm/helper";
import { Helper } from "#access/ntlm/helper";
import { log } from "#foundation/platform/log";

export type HelperPoolOptions = {
  readonly command: HelperCommand;
  readonly most: number;
  /** Limit per address, so that unfinished handshakes of one address do not hold all helpers. */
  readonly maxPerAddress: number;
  readonly waitMs: number;
  readonly maxWaiting: number;
};

/** A helper for one handshake. */
export type Lease = {
  readonly ask: (line: string) => Promise<string>;
  /** Releases the helper. A second call does nothing. */
  readonly release: () => void;
};

type Waiting = { readonly proceed: () => void; readonly giveUp: (error: Error) => void };

/** Backoff after a helper that never answered, so that a wrong path does not start processes continuously. */
const BACKOFF_MS = 5_000;

/** A pool of helper processes: starts them on demand, reuses them, and replaces them when they exit. */
export class HelperPool {
  readonly #options: HelperPoolOptions;
  readonly #helpers = new Set<Helper>();
  readonly #idle: Helper[] = [];
  readonly #heldBy = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #backOffUntilMs = 0;
  #isStopped = false;

  constructor(options: HelperPoolOptions) {
    this.#options = options;
  }

  /** Whether the next lease would have to wait. */
  get isExhausted(): boolean {
    return this.#idle.length === 0 && this.#helpers.size >= this.#options.most;
  }

  /** The number of processes. */
  get size(): number {
    return this.#helpers.size;
  }

  /** Acquires a helper for an address. Throws `unavailable` if none is free in time. */
  async lease(address: string): Promise<Lease> {
    const held = this.#heldBy.get(address) ?? 0;
    if (held >= this.#options.maxPerAddress) {
      throw new AppError("rate_limited", "Too many handshakes at once.", { retryAfterSeconds: 2 });
    }
    this.#heldBy.set(address, held + 1);
    try {
      const helper = await this.#take();
      return this.#toLease(helper, address);
    } catch (error) {
      this.#decrementHeld(address);
      throw error;
    }
  }

  stop(): void {
    this.#isStopped = true;
    for (const helper of [...this.#helpers]) {
      helper.stop();
    }
    for (const { giveUp } of this.#waiting.splice(0)) {
      giveUp(unavailable());
    }
  }

  async #take(): Promise<Helper> {
    while (!this.#isStopped) {
      const idle = this.#idle.pop();
      if (idle !== undefined) {
        return idle;
      }
      if (this.#backOffUntilMs > performance.now()) {
        throw unavailable();
      }
      if (this.#helpers.size < this.#options.most) {
        return this.#start();
      }
      await this.#wait();
    }
    throw unavailable();
  }

  #start(): Helper {
    const helper: Helper = new Helper(this.#options.command, () => {
      this.#forget(helper);
    });
    this.#helpers.add(helper);
    return helper;
  }

  #forget(helper: Helper): void {
    this.#helpers.delete(helper);
    const index = this.#idle.indexOf(helper);
    if (index !== -1) {
      this.#idle.splice(index, 1);
    }
    if (!helper.hasAnswered && !this.#isStopped) {
      this.#backOffUntilMs = performance.now() + BACKOFF_MS;
      log().warn(
        { program: this.#options.command.program },
        "An NTLM helper exited before its first answer",
      );
    }
    this.#wakeNext();
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      throw unavailable();
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        proceed: () => {
          clearTimeout(timer);
          resolve();
        },
        giveUp: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(unavailable());
      }, this.#options.waitMs);
      this.#waiting.push(waiting);
    });
  }

  #wakeNext(): void {
    this.#waiting.shift()?.proceed();
  }

  #toLease(helper: Helper, address: string): Lease {
    let isReleased = false;
    return {
      ask: async (line) => {
        try {
          return await helper.ask(line);
        } catch (error) {
          throw unavailable(error);
        }
      },
      release: () => {
        if (isReleased) {
          return;
        }
        isReleased = true;
        this.#decrementHeld(address);
        if (!helper.isDead) {
          this.#idle.push(helper);
          this.#wakeNext();
        }
      },
    };
  }

  #decrementHeld(address: string): void {
    const held = (this.#heldBy.get(address) ?? 0) - 1;
    if (held > 0) {
      this.#heldBy.set(address, held);
    } else {
      this.#heldBy.delete(address);
    }
  }
}

function unavailable(cause?: unknown): AppError {
  return new AppError("unavailable", "NTLM is unavailable at the moment.", {
    cause,
    retryAfterSeconds: 5,
  });
}
