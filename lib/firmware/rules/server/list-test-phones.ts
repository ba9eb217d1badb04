import "server-only";

import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { findByIdentifier, groupIdentifiers } from "#fleet/devices/identify";
import type { KnownPhone } from "#fleet/devices/model";
import { findKnownPhones, findPhonesOfHardware } from "#fleet/devices/server/find-known-phones";
import { db } from "#foundation/platform/db/client";
import { listPools } from "#fleet/pools/server/list-pools";
import type { Rule } from "#firmware/rules/model";
import { findRule } from "#firmware/rules/server/store";
import { findVersionMatchesOf } from "#firmware/rules/server/version-match-store";
import type { TestPhone } from "#firmware/rules/test-phone";
import { toTestPhone } from "#firmware/rules/test-phone";
import type { VersionMatch } from "#firmware/rules/version-match";
import { listTestDevicesOfSite } from "#fleet/test-devices/server/list-test-devices";

export type RuleTest = {
  readonly rule: Rule;
  readonly siteName: string;
  /** The test devices that this rule may apply to. */
  readonly testPhones: readonly TestPhone[];
  /** The number of other test devices for this site that are a different kind of phone. */
  readonly otherTestDevices: number;
  /** Phones of the rule's kind that have checked at its pool and are not yet test devices. */
  readonly candidates: readonly KnownPhone[];
  /** The version matches of the rule. */
  readonly versionMatches: readonly VersionMatch[];
  /** Versions that phones report instead of the version that they were given. */
  readonly otherVersions: readonly string[];
};

/** The test devices of a rule's pending version with their progress; null if the rule does not exist. */
export async function listTestPhones(
  context: UseCaseContext,
  ruleId: string,
): Promise<RuleTest | null> {
  requirePermission(context.actor, "rule:read");
  const rule = await findRule(db, ruleId);
  const pools = await listPools(context);
  const pool = pools.find(({ id }) => id === rule?.poolId);
  if (rule === null || pool === undefined) {
    return null;
  }
  const testDevices = await listTestDevicesOfSite(context, pool.siteId);
  const [known, ofHardware] = await Promise.all([
    findKnownPhones(context, groupIdentifiers(testDevices)),
    findPhonesOfHardware(context, rule),
  ]);
  const versionMatches = await findVersionMatchesOf(db, rule);
  const tested = { ...rule, sameVersions: versionMatches };
  const phones = testDevices.map((testDevice) =>
    toTestPhone(tested, testDevice, findByIdentifier(known, testDevice)),
  );
  const taken = new Set(known.map(({ id }) => id));
  return {
    rule,
    siteName: pool.siteName,
    testPhones: phones.filter(({ state }) => state !== "other_hardware"),
    otherTestDevices: phones.filter(({ state }) => state === "other_hardware").length,
    candidates: ofHardware.filter(({ id }) => !taken.has(id)),
    versionMatches,
    otherVersions: toOtherVersions(rule, ofHardware),
  };
}

function toOtherVersions({ updateType }: Rule, phones: readonly KnownPhone[]): readonly string[] {
  const updates = phones.flatMap((phone) => phone.updates);
  const reported = updates.flatMap((update) =>
    update.updateType.toLowerCase() === updateType.toLowerCase() && update.otherVersion !== null
      ? [update.otherVersion]
      : [],
  );
  return [...new Set(reported)].toSorted();
}
