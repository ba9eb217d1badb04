import "server-only";
import { AppError } from "#foundation/core/errors";
import { firstUnknownIgnoringCase } from "#foundation/core/fold-case";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { findPools } from "#fleet/pools/server/store";

/** The first name that no pool has, without regard to case; null if each name belongs to a pool. */
export async function findUnknownPool(
  context: UseCaseContext,
  fqdns: readonly string[],
): Promise<string | null> {
  requirePermission(context.actor, "pool:read");
  return firstUnknown(fqdns);
}

/**
 * Refuses a filter by an unknown pool, because an empty list would look like a valid answer. The caller checks the
 * permission before or after this call, but before it answers.
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
  return firstUnknownIgnoringCase(
    fqdns,
    pools.map(({ fqdn }) => fqdn),
  );
}
