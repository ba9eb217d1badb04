import "server-only";
import { ruleTableState } from "#lib/check/server/rule-table-loader";
import { ping } from "#lib/check/server/store";
import { AppError } from "#lib/core/errors";
import { db } from "#lib/platform/db/client";

export type Health = {
  readonly status: "ready";
  /** How long ago the rules in memory were last known to be those of the database. */
  readonly rulesConfirmedSecondsAgo: number;
};

/** Four times the safety net missed: the table does not keep up, whatever the reason. */
const STALE_AFTER_SECONDS = 120;

/**
 * Whether everything works, for whoever distributes requests. Anybody may ask; the answer tells nothing but that. Throws
 * `unavailable` if not. (Phones are answered from memory also while the database is away.)
 */
export async function findHealth(now: Date): Promise<Health> {
  await requireDatabase();
  const { confirmedAt } = ruleTableState();
  if (confirmedAt === null) {
    throw new AppError("unavailable", "The rules have not been loaded yet.");
  }
  const ageSeconds = Math.round((now.getTime() - confirmedAt.getTime()) / 1000);
  if (ageSeconds > STALE_AFTER_SECONDS) {
    throw new AppError("unavailable", `The rules were last confirmed ${ageSeconds} seconds ago.`);
  }
  return { status: "ready", rulesConfirmedSecondsAgo: Math.max(0, ageSeconds) };
}

async function requireDatabase(): Promise<void> {
  try {
    await ping(db);
  } catch (error) {
    throw new AppError("unavailable", "The database cannot be reached.", { cause: error });
  }
}
