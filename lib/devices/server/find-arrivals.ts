import "server-only";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { Arrivals } from "#lib/devices/arrivals";
import { toArrivals } from "#lib/devices/arrivals";
import { findArrivalCounts } from "#lib/devices/server/arrival-store";
import { db } from "#lib/platform/db/client";
import { env } from "#lib/platform/env";

/** What strangers did in the last hour: new phones, and what was counted instead of kept. */
export async function findArrivals(context: UseCaseContext): Promise<Arrivals> {
  requirePermission(context.actor, "device:read");
  return toArrivals(await findArrivalCounts(db), env().NEW_PHONES_ALARM_PER_HOUR);
}
