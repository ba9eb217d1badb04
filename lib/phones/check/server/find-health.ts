import "server-only";
import { rulesAgeSeconds, ruleTableState } from "#phones/check/server/rule-table-loader";
import { STALE_AFTER_SECONDS } from "#phones/check/service-readiness";
import { ping } from "#phones/check/server/store";
import {
  isContentStoreReachable,
  requireContentStoreOfServers,
} from "#firmware/files/server/content-store-identity";
import { AppError } from "#foundation/core/errors";
import { db } from "#foundation/platform/db/client";

export type Health = {
  /** `degraded`: phones are served, but some files are damaged or missing, or the content store is away. */
  readonly status: "ready" | "degraded";
  /** `away`: firmware without a copy on this host, uploads and imports wait. */
  readonly contentStore: "reachable" | "away";
  /** Number of files that rules hold but that cannot be served. */
  readonly faultyFiles: number;
  /** Age of the last confirmation that the rules in memory match the database. */
  readonly rulesConfirmedSecondsAgo: number;
};

/**
 * The health check for load balancers; throws `unavailable` on failure. It needs no permission, and the answer contains
 * nothing confidential. (Phones are answered from memory even while the database is unavailable.)
 */
export async function findHealth(): Promise<Health> {
  await requireDatabase();
  const { table } = ruleTableState();
  const confirmedSecondsAgo = rulesAgeSeconds();
  if (confirmedSecondsAgo === null) {
    throw new AppError("unavailable", "The rules have not been loaded yet.");
  }
  const ageSeconds = Math.round(confirmedSecondsAgo);
  if (ageSeconds > STALE_AFTER_SECONDS) {
    throw new AppError("unavailable", `The rules were last confirmed ${ageSeconds} seconds ago.`);
  }
  await requireOneContentStore();
  const isReachable = await isContentStoreReachable();
  const faultyFiles = table?.faults.size ?? 0;
  return {
    // Not `unavailable`: a load balancer would take the whole server out of service because of one file, or every server
    // because of the content store.
    status: faultyFiles === 0 && isReachable ? "ready" : "degraded",
    contentStore: isReachable ? "reachable" : "away",
    faultyFiles,
    rulesConfirmedSecondsAgo: ageSeconds,
  };
}

async function requireDatabase(): Promise<void> {
  try {
    await ping(db);
  } catch (error) {
    throw new AppError("unavailable", "The database cannot be reached.", { cause: error });
  }
}

async function requireOneContentStore(): Promise<void> {
  try {
    await requireContentStoreOfServers();
  } catch (error) {
    const message = error instanceof Error ? error.message : "The content store is unknown.";
    throw new AppError("unavailable", message, { cause: error });
  }
}
