import "server-only";

import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, findPage } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { TestDevice } from "#fleet/test-devices/model";
import type { TestDeviceSearch } from "#fleet/test-devices/search-params";
import { findEveryTestDevice, searchTestDevices } from "#fleet/test-devices/server/store";

export type TestDevicePage = Paged<{
  readonly testDevices: readonly TestDevice[];
}>;

export async function listTestDevices(
  context: UseCaseContext,
  search: TestDeviceSearch,
): Promise<TestDevicePage> {
  requirePermission(context.actor, "test_device:read");
  return findPage(search.page, PAGE_SIZE, (window) => searchTestDevices(db, search, window));
}

/** The test devices of all sites. */
export async function listEveryTestDevice(context: UseCaseContext): Promise<readonly TestDevice[]> {
  requirePermission(context.actor, "test_device:read");
  return findEveryTestDevice(db);
}
