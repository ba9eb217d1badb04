import "server-only";
import { findByIdentifier, groupIdentifiers } from "#fleet/devices/identify";
import { findKnownPhones } from "#fleet/devices/server/find-known-phones";
import { listPools } from "#fleet/pools/server/list-pools";
import { listEveryTestDevice } from "#fleet/test-devices/server/list-test-devices";
import type { Rule } from "#firmware/rules/model";
import { placePhones } from "#firmware/rules/server/place-phones";
import { findVersionMatchesOf } from "#firmware/rules/server/version-match-store";
import type { PlacedPhone, TestPhone } from "#firmware/rules/test-phone";
import { toTestPhone } from "#firmware/rules/test-phone";
import type { VersionMatch } from "#firmware/rules/version-match";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

export type TestedPhones = {
  readonly siteName: string;
  /**
   * The test devices at all sites, at the site of the rule's pool, and those whose phones check at this pool. Those of other
   * hardware are included.
   */
  readonly phones: readonly TestPhone[];
  /** The phones that these test devices are. */
  readonly known: readonly PlacedPhone[];
  readonly versionMatches: readonly VersionMatch[];
};

/** The test devices of a rule's pending version with their progress; null if the pool no longer exists. */
export async function findTestedPhones(
  context: UseCaseContext,
  rule: Rule,
): Promise<TestedPhones | null> {
  requirePermission(context.actor, "rule:read");
  const pools = await listPools(context);
  const pool = pools.find(({ id }) => id === rule.poolId);
  if (pool === undefined) {
    return null;
  }
  const testDevices = await listEveryTestDevice(context);
  const [known, versionMatches] = await Promise.all([
    findKnownPhones(context, groupIdentifiers(testDevices)),
    findVersionMatchesOf(db, rule),
  ]);
  const placed = await placePhones(context, known);
  const tested = { ...rule, sameVersions: versionMatches };
  const phones = testDevices
    .map((testDevice) => toTestPhone(tested, testDevice, findByIdentifier(placed, testDevice)))
    .filter(
      ({ testDevice: { siteId }, phone }) =>
        siteId === null || siteId === pool.siteId || phone?.poolId === rule.poolId,
    );
  return { siteName: pool.siteName, phones, known: placed, versionMatches };
}
