export type PasswordBudgetOptions = { readonly most: number; readonly windowMs: number };

/** A password that is being tried and may turn out to be wrong. */
export type TriedPassword = { readonly user: string; readonly atMs: number };

/** Nobody has as many users; only bounds what is kept. */
const MOST_USERS = 100_000;

/**
 * How many passwords of a user may still turn out to be wrong. Directories lock an account after some wrong ones, so
 * fewer than that are passed on in any window. A password counts from the moment it is sent, so that many at once count
 * as well, and no longer once it was right.
 */
export class PasswordBudget {
  readonly #options: PasswordBudgetOptions;
  readonly #tried = new Map<string, readonly TriedPassword[]>();

  constructor(options: PasswordBudgetOptions) {
    this.#options = options;
  }

  /**
   * Takes a place for one password, or says in how many milliseconds there may be one. The last place is kept for a
   * password that was right before: strangers who guess do not keep a user's own phone out.
   */
  take(user: string, wasRightBefore: boolean, nowMs: number): TriedPassword | number {
    const key = user.toLowerCase();
    const recent = this.#recent(key, nowMs);
    const { most, windowMs } = this.#options;
    const limit = wasRightBefore ? most : Math.max(1, most - 1);
    const oldest = recent[recent.length - limit];
    if (oldest !== undefined) {
      return oldest.atMs + windowMs - nowMs;
    }
    if (recent.length === 0 && this.#isFull(nowMs)) {
      return windowMs;
    }
    const tried = { user: key, atMs: nowMs };
    this.#tried.set(key, [...recent, tried]);
    return tried;
  }

  /** The password was right after all, or never reached the directory. */
  giveBack(tried: TriedPassword): void {
    const others = (this.#tried.get(tried.user) ?? []).filter((other) => other !== tried);
    if (others.length === 0) {
      this.#tried.delete(tried.user);
    } else {
      this.#tried.set(tried.user, others);
    }
  }

  #recent(key: string, nowMs: number): readonly TriedPassword[] {
    const since = nowMs - this.#options.windowMs;
    return (this.#tried.get(key) ?? []).filter(({ atMs }) => atMs > since);
  }

  /** Forgetting somebody to make room would be a way around the budget. */
  #isFull(nowMs: number): boolean {
    if (this.#tried.size < MOST_USERS) {
      return false;
    }
    for (const key of [...this.#tried.keys()]) {
      if (this.#recent(key, nowMs).length === 0) {
        this.#tried.delete(key);
      }
    }
    return this.#tried.size >= MOST_USERS;
  }
}
