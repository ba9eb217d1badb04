import "server-only";
import { FORGET_AFTER_MS } from "#access/accounts/attempts";
import { SharedLimit } from "#foundation/platform/db/shared-limit";

/** What the gates of all processes and hosts know of each other. Without the database, each gate decides alone. */
export type SharedAttempts = {
  /** Counts a failure. Returns the failures of all processes; null while the database is away. */
  readonly addFailure: (key: string) => Promise<number | null>;
  /** Takes the one turn of a key that has no free failures left. Returns 0, or the milliseconds to wait. */
  readonly takeTurn: (key: string) => Promise<number>;
  /** Gives the turn back after an attempt that did not fail. */
  readonly returnTurn: (key: string) => Promise<void>;
  /** Allows no turn for a time. */
  readonly wait: (key: string, milliseconds: number) => Promise<void>;
  /** Forgets the failures of a name that signed in. */
  readonly forgive: (key: string) => Promise<void>;
};

/** Longer than an evaluation takes. A process that is killed in one does not give its turn back. */
const TURN_SECONDS = 10;

export function sharedAttempts(): SharedAttempts {
  const failures = new SharedLimit({
    name: "failed attempts",
    points: 1,
    durationSeconds: FORGET_AFTER_MS / 1000,
  });
  const turns = new SharedLimit({
    name: "turns to attempt",
    points: 1,
    durationSeconds: TURN_SECONDS,
  });
  return {
    addFailure: (key) => failures.add(key),
    takeTurn: (key) => turns.take(key),
    returnTurn: (key) => turns.forget(key),
    wait: (key, milliseconds) => turns.block(key, milliseconds),
    forgive: async (key) => {
      await Promise.all([failures.forget(key), turns.forget(key)]);
    },
  };
}
