import "server-only";

import { pageWindow } from "#lib/core/paging";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";
import type { TestDevice } from "#lib/test-devices/model";
import type { TestDeviceSearch } from "#lib/test-devices/search-params";
import { TEST_DEVICES_PER_PAGE } from "#lib/test-devices/search-params";
import { findTestDevicesOfSite, searchTestDevices } from "#lib/test-devices/server/store";

export async function listTestDevices(
  context: UseCaseContext,
  search: TestDeviceSearch,
): Promise<{ readonly testDevices: readonly TestDevice[]; readonly total: number }> {
  requirePermission(context.actor, "test_device:read");
  return searchTestDevices(db, search, pageWindow(search.page, TEST_DEVICES_PER_PAGE));
}

/** Every test device that counts at a site, the global ones included. */
export async function listTestDevicesOfSite(
  context: UseCaseContext,
  siteId: string,
): Promise<readonly TestDevice[]> {
  requirePermission(context.actor, "test_device:read");
  return findTestDevicesOfSite(db, siteId);
}
