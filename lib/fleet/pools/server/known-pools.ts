import "server-only";
import { AppError } from "#foundation/core/errors";
import { foldCase } from "#foundation/core/fold-case";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { findPools } from "#fleet/pools/server/store";

/** The first of the names, in any case, that is no pool's; null if each is. */
export async function findUnknownPool(
  context: UseCaseContext,
  fqdns: readonly string[],
): Promise<string | null> {
  requirePermission(context.actor, "pool:read");
  return firstUnknown(fqdns);
}

/**
 * Refuses a filter by a pool that does not exist: an empty list would look like an answer. The caller has authorised,
 * or does so before it answers.
 */
export async function requireKnownPoolsUnchecked(fqdns: readonly string[]): Promise<void> {
  const unknown = await firstUnknown(fqdns);
  if (unknown !== null) {
    const message = `There is no pool named ${unknown}.`;
    throw new AppError("invalid_input", message, {
      fields: [{ path: "query.pool", message }],
      reason: { code: "unknown_pool", fqdn: unknown },
    });
  }
}

async function firstUnknown(fqdns: readonly string[]): Promise<string | null> {
  if (fqdns.length === 0) {
    return null;
  }
  const pools = await findPools(db);
  const known = new Set(pools.map(({ fqdn }) => foldCase(fqdn)));
  return fqdns.find((fqdn) => !known.has(foldCase(fqdn))) ?? null;
}
