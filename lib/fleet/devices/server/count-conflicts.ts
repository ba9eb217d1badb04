import "server-only";
import { countConflictRows } from "#fleet/devices/server/conflict-store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Every open page shows the number, and counting reads an index of the whole fleet: one count serves all for this long. */
const MAX_COUNT_AGE_MS = 30_000;

type Counted = { countedAtMs: number; count: Promise<number> };

/**
 * Counts the conflicts of the fleet, as `findConflicts` lists them: MAC addresses that two phones use, and serial numbers
 * that several rows have. At most 30 s old.
 */
export async function countConflicts(context: UseCaseContext): Promise<number> {
  requirePermission(context.actor, "device:read");
  const nowMs = context.now.getTime();
  const counted = oncePerProcess<Counted>("conflicts", () => ({
    countedAtMs: Number.NEGATIVE_INFINITY,
    count: Promise.resolve(0),
  }));
  if (Math.abs(nowMs - counted.countedAtMs) > MAX_COUNT_AGE_MS) {
    counted.countedAtMs = nowMs;
    counted.count = countConflictRows(db);
    counted.count.catch(() => {
      // The next page counts again.
      counted.countedAtMs = Number.NEGATIVE_INFINITY;
    });
  }
  return counted.count;
}
