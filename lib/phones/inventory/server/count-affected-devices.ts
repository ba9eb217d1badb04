import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Impact, PhoneGroup, RuleChange } from "#fleet/devices/impact";
import { computeImpact } from "#fleet/devices/impact";
import { installedVersion } from "#fleet/devices/installed-modules";
import type { CountedContent, PhoneFacts } from "#fleet/devices/kind";
import { countContentsOf, listPhonesByMark } from "#fleet/devices/server/read-inventory";
import { hardwareKey, isSameHardware } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";
import { hostKey } from "#foundation/core/host-name";
import type { RuleTable } from "#phones/check/rule-table";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import { findPoolById, judgePhone, notableMarks } from "#phones/inventory/judge-phone";
import { sameVersionsOf } from "#phones/inventory/same-versions";

/** A rule whose phones are counted. */
export type CountedRule = {
  readonly ruleId: string;
  readonly poolFqdn: string;
  readonly hardware: Hardware;
  readonly updateType: string;
};

/** The phones of the inventory: counted by what they report, and those that may be test devices once more. */
type Fleet = {
  readonly contents: readonly CountedContent[];
  readonly notable: readonly PhoneFacts[];
};

/** Counts the known phones that each change of a rule would move, by the id of the rule. */
export async function countAffectedDevices(
  context: UseCaseContext,
  changes: readonly (CountedRule & RuleChange)[],
): Promise<ReadonlyMap<string, Impact>> {
  requirePermission(context.actor, "device:read");
  if (changes.length === 0) {
    return new Map();
  }
  const rules = await presentRuleTable(context.now);
  const hardwareKeys = [...new Set(changes.map(({ hardware }) => hardwareKey(hardware)))];
  const [contents, notable] = await Promise.all([
    countContentsOf(context, hardwareKeys),
    listPhonesByMark(context, { ...notableMarks(rules), deviceKeys: [] }),
  ]);
  return new Map(
    changes.map((change) => [
      change.ruleId,
      computeImpact(change, groupPhones(rules, change, { contents, notable })),
    ]),
  );
}

/** The phones of a rule. A test device is one phone less among the ordinary phones with the same version. */
function groupPhones(
  rules: RuleTable,
  rule: CountedRule,
  { contents, notable }: Fleet,
): readonly PhoneGroup[] {
  const pool = rules.pools.get(hostKey(rule.poolFqdn)) ?? null;
  const sameVersions = sameVersionsOf(pool, rule);
  const toGroup = ({ installed }: Content, isTestDevice: boolean, phones: number): PhoneGroup => ({
    isTestDevice,
    version: installedVersion(installed, rule.updateType),
    phones,
    sameVersions,
  });
  const isOfRule = ({ poolId, hardware }: Content): boolean =>
    isSameHardware(hardware, rule.hardware) &&
    findPoolById(rules, poolId)?.pool.fqdn === rule.poolFqdn;
  const testDevices = notable.filter(
    (phone) => isOfRule(phone) && judgePhone(rules, phone).isTestDevice,
  );
  return [
    ...contents.filter(isOfRule).map((content) => toGroup(content, false, content.phones)),
    ...testDevices.flatMap((phone) => [toGroup(phone, false, -1), toGroup(phone, true, 1)]),
  ];
}

type Content = Pick<PhoneFacts, "poolId" | "hardware" | "installed">;
