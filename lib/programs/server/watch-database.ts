import "server-only";
import { hostname } from "node:os";
import type { ConditionDelays, ConditionState } from "#foundation/notices/decide-condition";
import { CLEARED, decideCondition } from "#foundation/notices/decide-condition";
import type { DatabaseOutage } from "#foundation/notices/server/record-database-back";
import { recordDatabaseBack } from "#foundation/notices/server/record-database-back";
import { isDatabaseAnswering } from "#foundation/platform/db/is-answering";
import { repeatTask } from "#foundation/platform/repeat-task";

const WATCH_EVERY_MS = 5_000;
/** A restart of PostgreSQL takes seconds, and is not told. */
const DELAYS: ConditionDelays = { raiseAfterMs: 60_000, clearAfterMs: 0 };

export type DatabaseWatch = {
  readonly isAnswering: () => Promise<boolean>;
  /** Called once for each outage, while the database is away. */
  readonly onAway: (since: Date, host: string) => Promise<void>;
  readonly onBack: (outage: DatabaseOutage) => Promise<void>;
};

/**
 * Watches the database from the memory of this process, because nothing can be stored while it is away. An outage during
 * which this process ends is not told.
 */
export function startDatabaseWatch(onAway: DatabaseWatch["onAway"]): {
  readonly stop: () => Promise<void>;
} {
  const watch = createDatabaseWatch({
    isAnswering: isDatabaseAnswering,
    onAway,
    onBack: recordDatabaseBack,
  });
  return repeatTask(WATCH_EVERY_MS, "watch the database", () => watch(new Date()));
}

/** Returns the step of the watch, which is repeated with the current time. */
export function createDatabaseWatch({
  isAnswering,
  onAway,
  onBack,
}: DatabaseWatch): (now: Date) => Promise<void> {
  let state: ConditionState = CLEARED;
  return async (now) => {
    const measurement = (await isAnswering()) ? "good" : "bad";
    const { after, change } = decideCondition(state, { measurement, now }, DELAYS);
    if (change === "cleared") {
      // Throws if the database is away again: the state stays, and the next step tries again.
      await onBack({ since: state.raisedAt ?? now, until: now, host: hostname() });
    }
    state = after;
    if (change === "raised") {
      await onAway(after.raisedAt ?? now, hostname());
    }
  };
}
