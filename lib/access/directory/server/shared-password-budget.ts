import "server-only";
import type { PasswordBudgetOptions, TriedPassword } from "#access/directory/password-budget";
import { PasswordBudget } from "#access/directory/password-budget";
import { SharedLimit } from "#foundation/platform/db/shared-limit";

/** A budget of one process, or of all. `take` and `release` as `PasswordBudget`. */
export type DirectoryBudget = {
  readonly take: (
    user: string,
    wasValidBefore: boolean,
    nowMs: number,
  ) => Promise<TriedPassword | number> | TriedPassword | number;
  readonly release: (tried: TriedPassword) => Promise<void> | void;
};

/**
 * Limits the wrong passwords of a user over all processes and hosts; while the database is away, each process limits alone.
 *
 * The shared limit has fixed windows, and a directory a sliding one. Any sliding window lies in two adjacent fixed ones, so
 * both together allow no more than the budget, and a user may wait up to two windows.
 */
export class SharedPasswordBudget implements DirectoryBudget {
  readonly #options: PasswordBudgetOptions;
  readonly #own: PasswordBudget;
  readonly #shared: SharedLimit;

  constructor(options: PasswordBudgetOptions) {
    this.#options = options;
    this.#own = new PasswordBudget(options);
    this.#shared = new SharedLimit({
      name: "passwords of the directory",
      points: options.max,
      durationSeconds: (2 * options.windowMs) / 1000,
    });
  }

  async take(
    user: string,
    wasValidBefore: boolean,
    nowMs: number,
  ): Promise<TriedPassword | number> {
    const tried = this.#own.take(user, wasValidBefore, nowMs);
    if (typeof tried === "number") {
      return tried;
    }
    const { max, windowMs } = this.#options;
    const [before, current] = await Promise.all([
      this.#shared.count(this.#keyOf(tried, -1)),
      this.#shared.add(this.#keyOf(tried)),
    ]);
    const limit = wasValidBefore ? max : Math.max(1, max - 1);
    if (before + (current ?? 0) <= limit) {
      return tried;
    }
    await this.release(tried);
    return windowMs - (nowMs % windowMs);
  }

  async release(tried: TriedPassword): Promise<void> {
    this.#own.release(tried);
    await this.#shared.add(this.#keyOf(tried), -1);
  }

  #keyOf({ user, atMs }: TriedPassword, windows = 0): string {
    return `${Math.floor(atMs / this.#options.windowMs) + windows} ${user}`;
  }
}
