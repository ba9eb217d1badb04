import "server-only";

import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { KnownPhone } from "#fleet/devices/model";
import { findPhonesOfHardware } from "#fleet/devices/server/find-known-phones";
import { db } from "#foundation/platform/db/client";
import type { Rule } from "#firmware/rules/model";
import { findTestedPhones } from "#firmware/rules/server/find-tested-phones";
import { placePhones } from "#firmware/rules/server/place-phones";
import { findRule } from "#firmware/rules/server/store";
import type { PlacedPhone, TestPhone } from "#firmware/rules/test-phone";
import type { VersionMatch } from "#firmware/rules/version-match";

export type RuleTest = {
  readonly rule: Rule;
  readonly siteName: string;
  /** The test devices that this rule may apply to. */
  readonly testPhones: readonly TestPhone[];
  /** The number of other test devices of this pool and its site that are a different kind of phone. */
  readonly otherTestDevices: number;
  /** Phones of the rule's kind that have checked at its pool and are not yet test devices. */
  readonly candidates: readonly PlacedPhone[];
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
  const [test, ofHardware] =
    rule === null
      ? [null, []]
      : await Promise.all([findTestedPhones(context, rule), findPhonesOfHardware(context, rule)]);
  if (rule === null || test === null) {
    return null;
  }
  const { siteName, phones, known, versionMatches } = test;
  const taken = new Set(known.map(({ id }) => id));
  const candidates = ofHardware.filter(({ id }) => !taken.has(id));
  return {
    rule,
    siteName,
    testPhones: phones.filter(({ state }) => state !== "other_hardware"),
    otherTestDevices: phones.filter(({ state }) => state === "other_hardware").length,
    candidates: await placePhones(context, candidates),
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
