import "server-only";
import { PAGE_SIZE, findPage } from "#foundation/core/paging";
import type { Paged } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { RetiredPhone } from "#fleet/devices/model";
import type { RetiredSearch } from "#fleet/devices/retired-search-params";
import { currentLimits } from "#fleet/devices/server/current-limits";
import { findRetiredIds, searchRetiredDevices } from "#fleet/devices/server/retirement-store";

/** One page of the retired phones, by default those that were retired last. */
export async function listRetiredPhones(
  context: UseCaseContext,
  search: RetiredSearch,
  { size = PAGE_SIZE }: { readonly size?: number } = {},
): Promise<Paged<{ readonly devices: readonly RetiredPhone[] }>> {
  requirePermission(context.actor, "device:read");
  const limits = currentLimits(context.now);
  return findPage(search.page, size, (window) =>
    searchRetiredDevices(db, search, { limits, window }),
  );
}

/** The ids of the retired phones that match a text, at most `most`. */
export async function findRetiredPhoneIds(
  context: UseCaseContext,
  q: string,
  most: number,
): Promise<readonly string[]> {
  requirePermission(context.actor, "device:read");
  return findRetiredIds(db, q, most);
}
