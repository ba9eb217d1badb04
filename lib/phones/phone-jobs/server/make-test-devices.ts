import "server-only";
import type { KnownPhone } from "#fleet/devices/model";
import { preferredIdentifier } from "#fleet/devices/identify";
import { findPhonesById } from "#fleet/devices/server/find-known-phones";
import { findSitesOfPhones } from "#fleet/devices/server/find-sites-of-phones";
import type { TestDevicesReport } from "#fleet/test-devices/model";
import { formatIdentifier } from "#fleet/test-devices/read-identifiers";
import type { CreateTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevices } from "#fleet/test-devices/server/create-test-devices";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { MAX_TEST_DEVICES_PER_ACTION } from "#phones/phone-jobs/model";
import type { ParsedMakeTestDevicesInput } from "#phones/phone-jobs/schema";
import { findTargetIds, tooManyPhones } from "#phones/phone-jobs/server/find-matching-phones";

export type MadeTestDevices = TestDevicesReport & {
  /** Phones that no mark identifies, or that are at no site. */
  readonly skipped: number;
};

/** Makes phones test devices, each at its own site or at every site. Throws `invalid_state` for too many phones. */
export async function makeTestDevices(
  context: UseCaseContext,
  { target, scope }: ParsedMakeTestDevicesInput,
): Promise<MadeTestDevices> {
  requirePermission(context.actor, "test_device:write");
  const ids = await findTargetIds(context, target);
  if (ids.length > MAX_TEST_DEVICES_PER_ACTION) {
    throw tooManyPhones(ids.length, MAX_TEST_DEVICES_PER_ACTION);
  }
  const phones = await findPhonesById(context, ids);
  const siteOf = await findSitesOfPhones(context, ids);
  const testDevices = phones.flatMap(
    (phone) => toTestDevice(phone, scope === "everywhere" ? null : siteOf) ?? [],
  );
  const { created, refused } =
    testDevices.length === 0
      ? { created: 0, refused: [] }
      : await createTestDevices(context, { testDevices });
  return { created, refused, skipped: ids.length - testDevices.length };
}

/** `siteOf`: the site of each phone; null for a test device at every site. */
function toTestDevice(
  phone: KnownPhone,
  siteOf: ReadonlyMap<string, string> | null,
): CreateTestDeviceInput | null {
  const mark = preferredIdentifier(phone);
  const siteName = siteOf === null ? null : siteOf.get(phone.id);
  return mark === null || siteName === undefined
    ? null
    : { ...mark, name: formatIdentifier(mark), siteName };
}
