import "server-only";
import { AppError } from "#foundation/core/errors";
import type { HelperCommand } from "#access/ntlm/helper";
import { Helper } from "#access/ntlm/helper";
import { log } from "#foundation/platform/log";

export type HelperPoolOptions = {
  readonly command: HelperCommand;
  readonly most: number;
  /** How many one address may hold at once: handshakes that are never finished must not take them all. */
  readonly mostPerAddress: number;
  readonly waitMs: number;
  readonly mostWaiting: number;
};

/** A helper for one handshake. */
export type Lease = {
  readonly ask: (line: string) => Promise<string>;
  /** Gives the helper back; to do so twice is to do so once. */
  readonly release: () => void;
};

type Waiting = { readonly proceed: () => void; readonly giveUp: (error: Error) => void };

/** How long to wait after a helper that never answered: a wrong path must not become a storm of processes. */
const REST_MS = 5_000;

/** Helper processes: started when needed, used again, replaced when they end. */
export class HelperPool {
  readonly #options: HelperPoolOptions;
  readonly #helpers = new Set<Helper>();
  readonly #idle: Helper[] = [];
  readonly #heldBy = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #restUntilMs = 0;
  #isStopped = false;

  constructor(options: HelperPoolOptions) {
    this.#options = options;
  }

  /** Whether the next one would have to wait. */
  get isExhausted(): boolean {
    return this.#idle.length === 0 && this.#helpers.size >= this.#options.most;
  }

  /** How many processes there are. */
  get size(): number {
    return this.#helpers.size;
  }

  /** A helper for somebody at an address. Throws `unavailable` where there is none in time. */
  async lease(address: string): Promise<Lease> {
    const held = this.#heldBy.get(address) ?? 0;
    if (held >= this.#options.mostPerAddress) {
      throw new AppError("rate_limited", "Too many handshakes at once.", { retryAfterSeconds: 2 });
    }
    this.#heldBy.set(address, held + 1);
    try {
      const helper = await this.#take();
      return this.#toLease(helper, address);
    } catch (error) {
      this.#letGo(address);
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
      if (this.#restUntilMs > performance.now()) {
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
      this.#restUntilMs = performance.now() + REST_MS;
      log().warn(
        { program: this.#options.command.program },
        "An NTLM helper ended before it answered",
      );
    }
    this.#wakeNext();
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#options.mostWaiting) {
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
        this.#letGo(address);
        if (!helper.isDead) {
          this.#idle.push(helper);
          this.#wakeNext();
        }
      },
    };
  }

  #letGo(address: string): void {
    const held = (this.#heldBy.get(address) ?? 0) - 1;
    if (held > 0) {
      this.#heldBy.set(address, held);
    } else {
      this.#heldBy.delete(address);
    }
  }
}

function unavailable(cause?: unknown): AppError {
  return new AppError("unavailable", "NTLM cannot be spoken now.", { cause, retryAfterSeconds: 5 });
}
