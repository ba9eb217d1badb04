import "server-only";
import { lastPage, pageWindow } from "#lib/core/paging";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { DeviceSummary } from "#lib/devices/model";
import type { DeviceSearch } from "#lib/devices/search-params";
import { DEVICES_PAGE_SIZE } from "#lib/devices/search-params";
import { currentLimits } from "#lib/devices/server/current-limits";
import { countDevices, findDeviceFacets, searchDevices } from "#lib/devices/server/store";
import { db } from "#lib/platform/db/client";
import { requireKnownPools } from "#lib/pools/server/known-pools";

export type DevicePage = {
  readonly devices: readonly DeviceSummary[];
  readonly total: number;
  /** The page shown: the last one where the one asked for lies beyond it. */
  readonly page: number;
};

/** The phones that have asked for updates, `size` to a page. */
export async function listDevices(
  context: UseCaseContext,
  search: DeviceSearch,
  size = DEVICES_PAGE_SIZE,
): Promise<DevicePage> {
  requirePermission(context.actor, "device:read");
  await requireKnownPools(search.pool);
  const limits = currentLimits(context.now);
  const total = await countDevices(db, search, limits);
  const page = Math.min(Math.max(1, search.page), lastPage(total, size));
  const window = pageWindow(page, size);
  const devices = await searchDevices(db, search, { ...window, limits });
  return { devices, total, page };
}

/** What the list can be filtered by. */
export async function listDeviceFacets(
  context: UseCaseContext,
): Promise<{ readonly models: readonly string[]; readonly pools: readonly string[] }> {
  requirePermission(context.actor, "device:read");
  return findDeviceFacets(db);
}
