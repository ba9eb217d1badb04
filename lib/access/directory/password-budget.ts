export type PasswordBudgetOptions = { readonly max: number; readonly windowMs: number };

/** A password attempt that counts until the password proves valid. */
export type TriedPassword = { readonly user: string; readonly atMs: number };

/** Limits memory. More than any directory has users. */
const MAX_USERS = 100_000;

/**
 * Limits the wrong passwords of a user per time window. Directories lock an account after a number of wrong passwords,
 * so fewer than that are sent to the directory. A password counts as soon as it is sent, so that concurrent attempts are
 * counted too, and stops counting when it proves valid.
 */
export class PasswordBudget {
  readonly #options: PasswordBudgetOptions;
  readonly #tried = new Map<string, readonly TriedPassword[]>();

  constructor(options: PasswordBudgetOptions) {
    this.#options = options;
  }

  /**
   * Acquires one attempt, or returns the milliseconds until one may be free. The last attempt is reserved for a password
   * that was valid before, so that an attacker who guesses does not lock out the user's own phone.
   */
  take(user: string, wasValidBefore: boolean, nowMs: number): TriedPassword | number {
    const key = user.toLowerCase();
    const recent = this.#recent(key, nowMs);
    const { max, windowMs } = this.#options;
    const limit = wasValidBefore ? max : Math.max(1, max - 1);
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

  /** Returns an attempt whose password was valid or never reached the directory. */
  release(tried: TriedPassword): void {
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

  /** Whether the map is full of users with recent attempts. Evicting one of them would bypass the budget. */
  #isFull(nowMs: number): boolean {
    if (this.#tried.size < MAX_USERS) {
      return false;
    }
    for (const key of [...this.#tried.keys()]) {
      if (this.#recent(key, nowMs).length === 0) {
        this.#tried.delete(key);
      }
    }
    return this.#tried.size >= MAX_USERS;
  }
}
