import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Arrivals } from "#fleet/devices/arrivals";
import { toArrivals } from "#fleet/devices/arrivals";
import { findArrivalCounts } from "#fleet/devices/server/arrival-store";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";

/** The new phones of the last hour, and the phones and refused checks that were only counted. */
export async function findArrivals(context: UseCaseContext): Promise<Arrivals> {
  requirePermission(context.actor, "device:read");
  return toArrivals(await findArrivalCounts(db), env().NEW_PHONES_ALARM_PER_HOUR);
}
