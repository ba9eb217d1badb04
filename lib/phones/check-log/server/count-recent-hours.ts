import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import { DAY_MS, HOUR_MS } from "#foundation/core/time";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { countHours, deleteOldHours } from "#phones/check-log/server/check-hour-store";

/** A week and a day, so that a new installation can compare hours as soon as the log has them. */
const FIRST_MS = 8 * DAY_MS;
const KEEP_MS = 2 * 365 * DAY_MS;

/**
 * Counts the checks of the last two hours; after the end of an hour, those of the last day, because checks are recorded
 * later while PostgreSQL is away.
 */
export async function countRecentHours(
  tx: Db,
  { actor, now }: UseCaseContext,
  { lastCountAt }: { readonly lastCountAt: Date | null },
): Promise<void> {
  requirePermission(actor, "device:read");
  const thisHour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  if (lastCountAt !== null && lastCountAt.getTime() >= thisHour) {
    await countHours(tx, { from: new Date(thisHour - HOUR_MS), to: now });
    return;
  }
  await countHours(tx, {
    from: new Date(thisHour - (lastCountAt === null ? FIRST_MS : DAY_MS)),
    to: now,
  });
  await deleteOldHours(tx, new Date(now.getTime() - KEEP_MS));
}
