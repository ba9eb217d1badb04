import "server-only";
import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, pageWindow, pageWithin } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { DeviceSummary } from "#fleet/devices/model";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { currentLimits } from "#fleet/devices/server/current-limits";
import { countDevices, findDeviceFacets, searchDevices } from "#fleet/devices/server/store";
import { db } from "#foundation/platform/db/client";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";

export type DevicePage = Paged<{
  readonly devices: readonly DeviceSummary[];
}>;

/** One page of the phones that have checked for updates. */
export async function listDevices(
  context: UseCaseContext,
  search: DeviceSearch,
  size = PAGE_SIZE,
): Promise<DevicePage> {
  requirePermission(context.actor, "device:read");
  await requireKnownPoolsUnchecked(search.pool);
  const limits = currentLimits(context.now);
  const total = await countDevices(db, search, limits);
  const page = pageWithin(total, search.page, size);
  const window = pageWindow(page, size);
  const devices = await searchDevices(db, search, { ...window, limits });
  return { devices, total, page };
}

/** The models and pools that the list can be filtered by. */
export async function listDeviceFacets(
  context: UseCaseContext,
): Promise<{ readonly models: readonly string[]; readonly pools: readonly string[] }> {
  requirePermission(context.actor, "device:read");
  return findDeviceFacets(db);
}
