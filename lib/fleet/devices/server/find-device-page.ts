import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import { pageWindow, pageWithin } from "#foundation/core/paging";
import type { Paged } from "#foundation/core/paging";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db, inTransaction } from "#foundation/platform/db/client";
import type { KnownDeviceSummary } from "#fleet/devices/model";
import { currentLimits } from "#fleet/devices/server/current-limits";
import type { DeviceFilter } from "#fleet/devices/server/device-sql";
import {
  countDevices,
  findDevicesByKind,
  findMinutes,
  raiseSortMemory,
  searchDevices,
} from "#fleet/devices/server/store";
import { isByKind } from "#fleet/devices/server/order-sql";
import type { DeviceWindow } from "#fleet/devices/server/order-sql";
import type { DeviceSearchOptions } from "#fleet/devices/server/store";

export type DevicePageRequest = Pick<DeviceWindow, "sort" | "order"> & {
  readonly page: number;
  readonly size: number;
  /** Phones beyond this number are neither counted nor on a page; null: all are. */
  readonly mostCounted: number | null;
};

type DevicePage = Paged<{ readonly devices: readonly KnownDeviceSummary[] }>;

/** One page of the phones that match a filter. */
export async function findDevicePage(
  context: UseCaseContext,
  filter: DeviceFilter,
  request: DevicePageRequest,
): Promise<DevicePage> {
  requirePermission(context.actor, "device:read");
  return isFoundByMinutes(filter, request)
    ? findByMinutes(context, filter, request)
    : findByCount(context, filter, request);
}

/** A page behind so many rows sorts more of them than PostgreSQL keeps in memory by default (`work_mem`, 4 MB). */
const MANY_SKIPPED_ROWS = 5_000;

/** All rows are read twice in turn, so their conditions must be cheap. */
function isFoundByMinutes(filter: DeviceFilter, { sort, page, size }: DevicePageRequest): boolean {
  return (
    hasOnlyCheapConditions(filter) &&
    sort === "lastSeenAt" &&
    pageWindow(page, size).skip >= MANY_SKIPPED_ROWS
  );
}

function hasOnlyCheapConditions({ q, site, progress, selection, rollOut }: DeviceFilter): boolean {
  return (
    q.trim() === "" &&
    site.length === 0 &&
    progress.length === 0 &&
    selection === null &&
    rollOut === null
  );
}

/** Without conditions, the first phones of a kind are its first ones in the index. */
function hasConditions(filter: DeviceFilter): boolean {
  const { model, pool, ids } = filter;
  return !hasOnlyCheapConditions(filter) || model.length > 0 || pool.length > 0 || ids !== null;
}

async function findByMinutes(
  context: UseCaseContext,
  filter: DeviceFilter,
  request: DevicePageRequest,
): Promise<DevicePage> {
  const limits = currentLimits(context.now);
  const window = toWindow(request);
  const found = await findMinutes(db, filter, { limits, window });
  const total = Math.min(found.total, request.mostCounted ?? found.total);
  const page = pageWithin(total, request.page, request.size);
  if (page !== request.page) {
    return findDevicePage(context, filter, { ...request, page });
  }
  const { minutes } = found;
  const devices = minutes === null ? [] : await search(filter, { limits, window, minutes });
  return { devices, total, page };
}

/** Counts and reads at the same time, because either may read all phones. A page beyond the end is rare. */
async function findByCount(
  { now }: UseCaseContext,
  filter: DeviceFilter,
  request: DevicePageRequest,
): Promise<DevicePage> {
  const limits = currentLimits(now);
  const find = (page: number) =>
    search(filter, { limits, window: toWindow({ ...request, page }), minutes: null });
  const [total, found] = await Promise.all([
    countDevices(db, filter, { limits, most: request.mostCounted }),
    find(request.page),
  ]);
  const page = pageWithin(total, request.page, request.size);
  return { devices: page === request.page ? found : await find(page), total, page };
}

async function search(
  filter: DeviceFilter,
  options: DeviceSearchOptions,
): Promise<readonly KnownDeviceSummary[]> {
  const { limits, window } = options;
  if (isByKind(window) && !hasConditions(filter)) {
    return findDevicesByKind(db, { limits, window });
  }
  if (window.skip < MANY_SKIPPED_ROWS) {
    return searchDevices(db, filter, options);
  }
  return inTransaction(async (tx) => {
    await raiseSortMemory(tx);
    return searchDevices(tx, filter, options);
  });
}

function toWindow({ sort, order, page, size }: DevicePageRequest): DeviceWindow {
  return { sort, order, ...pageWindow(page, size) };
}
