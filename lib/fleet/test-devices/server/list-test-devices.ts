import "server-only";

import { lastPage, pageWindow } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { TestDevice } from "#fleet/test-devices/model";
import type { TestDeviceSearch } from "#fleet/test-devices/search-params";
import { TEST_DEVICES_PER_PAGE } from "#fleet/test-devices/search-params";
import { findTestDevicesOfSite, searchTestDevices } from "#fleet/test-devices/server/store";

export type TestDevicePage = {
  readonly testDevices: readonly TestDevice[];
  readonly total: number;
  /** The page shown: the last one where the one asked for lies beyond it. */
  readonly page: number;
};

export async function listTestDevices(
  context: UseCaseContext,
  search: TestDeviceSearch,
): Promise<TestDevicePage> {
  requirePermission(context.actor, "test_device:read");
  const asked = Math.max(1, search.page);
  const found = await searchTestDevices(db, search, pageWindow(asked, TEST_DEVICES_PER_PAGE));
  const page = Math.min(asked, lastPage(found.total, TEST_DEVICES_PER_PAGE));
  if (page === asked) {
    return { ...found, page };
  }
  const last = await searchTestDevices(db, search, pageWindow(page, TEST_DEVICES_PER_PAGE));
  return { ...last, page };
}

/** Every test device that counts at a site, the global ones included. */
export async function listTestDevicesOfSite(
  context: UseCaseContext,
  siteId: string,
): Promise<readonly TestDevice[]> {
  requirePermission(context.actor, "test_device:read");
  return findTestDevicesOfSite(db, siteId);
}
