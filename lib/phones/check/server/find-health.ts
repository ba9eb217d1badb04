import "server-only";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { ping } from "#phones/check/server/store";
import { AppError } from "#foundation/core/errors";
import { db } from "#foundation/platform/db/client";

export type Health = {
  /** `degraded`: phones are served, except for files that are damaged or missing. */
  readonly status: "ready" | "degraded";
  /** Files of versions that rules hold and that cannot be served. */
  readonly faultyFiles: number;
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
  const { confirmedAt, table } = ruleTableState();
  if (confirmedAt === null) {
    throw new AppError("unavailable", "The rules have not been loaded yet.");
  }
  const ageSeconds = Math.round((now.getTime() - confirmedAt.getTime()) / 1000);
  if (ageSeconds > STALE_AFTER_SECONDS) {
    throw new AppError("unavailable", `The rules were last confirmed ${ageSeconds} seconds ago.`);
  }
  const faultyFiles = table?.faults.size ?? 0;
  return {
    // Not a failure of this server: whoever distributes requests would take all of it out of service for one file.
    status: faultyFiles === 0 ? "ready" : "degraded",
    faultyFiles,
    rulesConfirmedSecondsAgo: Math.max(0, ageSeconds),
  };
}

async function requireDatabase(): Promise<void> {
  try {
    await ping(db);
  } catch (error) {
    throw new AppError("unavailable", "The database cannot be reached.", { cause: error });
  }
}
