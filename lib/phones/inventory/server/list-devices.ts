import "server-only";
import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { DeviceSummary } from "#fleet/devices/model";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { findDevicePage } from "#fleet/devices/server/find-device-page";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";
import { requireKnownSitesUnchecked } from "#fleet/sites/server/known-sites";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import { judgePhone } from "#phones/inventory/judge-phone";
import { selectPhones } from "#phones/inventory/server/select-phones";
import { toRollOutFilter } from "#phones/inventory/server/to-roll-out-filter";

/** With `mostCounted`, a total of that many means that many or more. */
export type DevicePage = Paged<{
  readonly devices: readonly DeviceSummary[];
}>;

export type DevicePageOptions = {
  readonly size?: number;
  /** Phones beyond this number are neither counted nor listed in pages; null: all are. */
  readonly mostCounted?: number | null;
};

/** One page of the phones that have checked for updates. */
export async function listDevices(
  context: UseCaseContext,
  search: DeviceSearch,
  { size = PAGE_SIZE, mostCounted = null }: DevicePageOptions = {},
): Promise<DevicePage> {
  requirePermission(context.actor, "device:read");
  await requireKnownPoolsUnchecked(search.pool);
  await requireKnownSitesUnchecked(search.site);
  const rules = await presentRuleTable(context.now);
  const selection =
    search.state.length === 0 ? null : await selectPhones(context, rules, search.state);
  const rollOut = await toRollOutFilter(context, rules, search);
  const filter = { ...search, selection, rollOut, ids: null };
  const { sort, order } = search;
  const { devices, total, page } = await findDevicePage(context, filter, {
    sort,
    order,
    page: search.page,
    size,
    mostCounted,
  });
  return {
    // Only what lists show: the rows go to the browser.
    devices: devices.map(({ installed, poolId, ...phone }) => ({
      ...phone,
      ...judgePhone(rules, { ...phone, installed, poolId }),
    })),
    total,
    page,
  };
}
