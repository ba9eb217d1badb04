import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import type { KnownDeviceSummary } from "#fleet/devices/model";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { currentLimits } from "#fleet/devices/server/current-limits";
import type { DeviceFilter } from "#fleet/devices/server/device-sql";
import { fetchDevices, openDeviceCursor } from "#fleet/devices/server/device-cursor-store";

type CursorOptions = Pick<DeviceSearch, "sort" | "order"> & { readonly batchSize: number };

/**
 * All phones that match a filter, in batches, within the caller's transaction. PostgreSQL sorts the ids once and keeps
 * them; at most one batch of phones is in memory.
 */
export async function* readDevices(
  context: UseCaseContext,
  tx: Db,
  { filter, sort, order, batchSize }: CursorOptions & { readonly filter: DeviceFilter },
): AsyncGenerator<readonly KnownDeviceSummary[], undefined> {
  requirePermission(context.actor, "device:read");
  const limits = currentLimits(context.now);
  await openDeviceCursor(tx, filter, { limits, sort, order });
  for (;;) {
    const devices = await fetchDevices(tx, { limits, take: batchSize });
    if (devices.length > 0) {
      yield devices;
    }
    if (devices.length < batchSize) {
      return undefined;
    }
  }
}
