import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { findHours } from "#phones/check-log/server/check-hour-store";

/** The number of checks by the start of the hour (ms since 1970), for hours that were counted. */
export async function listCheckHours(
  context: UseCaseContext,
  range: { readonly from: Date; readonly before: Date },
): Promise<ReadonlyMap<number, number>> {
  requirePermission(context.actor, "device:read");
  return findHours(db, range);
}
