import type { RuleChange } from "#fleet/devices/impact";
import { isMovedBy } from "#fleet/devices/impact";
import { installedVersion } from "#fleet/devices/installed-modules";
import type { PhoneFacts, PoolContent, PoolKind, StateSelection } from "#fleet/devices/kind";
import { isSameHardware } from "#foundation/core/hardware";
import type { RuleTable } from "#phones/check/rule-table";
import { findPoolById, judgePhone } from "#phones/inventory/judge-phone";
import { sameVersionsOf } from "#phones/inventory/same-versions";
import type { RollOut } from "#phones/roll-outs/model";

type RuleOfRollOut = Pick<RollOut, "poolId" | "hardware" | "updateType">;

export type RuleFleet = {
  /** The kinds with the rule's hardware. */
  readonly kinds: readonly Pick<PoolKind, "kindId" | "installed">[];
  /** What phones without a kind report. */
  readonly contents: readonly PoolContent[];
  /** The phones that may be test devices. */
  readonly notable: readonly PhoneFacts[];
};

/**
 * The phones that a roll-out moves: those that the impact of the review counts (`computeImpact`), over kinds, and test
 * devices one by one.
 */
export function selectMovedPhones(
  rules: RuleTable,
  rollOut: RuleOfRollOut &
    Pick<RollOut, "fromVersion" | "toVersion" | "pendingBefore" | "pendingAfter">,
  { kinds, contents, notable }: RuleFleet,
): StateSelection {
  const { poolId, hardware, updateType } = rollOut;
  const sameVersions = sameVersionsOf(findPoolById(rules, poolId), rollOut);
  const change = toRuleChange(rollOut);
  const isMoved = ({ installed }: Pick<PoolContent, "installed">, isTestDevice = false): boolean =>
    isMovedBy(change, {
      isTestDevice,
      version: installedVersion(installed, updateType),
      sameVersions,
    });
  const testDevices = notable.filter(
    (phone) =>
      phone.poolId === poolId &&
      isSameHardware(phone.hardware, hardware) &&
      judgePhone(rules, phone).isTestDevice,
  );
  return {
    kinds: kinds.filter((kind) => isMoved(kind)).map(({ kindId }) => ({ poolId, kindId })),
    contents: contents.filter((content) => content.poolId === poolId && isMoved(content)),
    ruledHardware: [],
    hasUnruled: false,
    hasSilent: false,
    hasTroubled: false,
    judgedIds: testDevices.map(({ id }) => id),
    matchingIds: testDevices.filter((phone) => isMoved(phone, true)).map(({ id }) => id),
  };
}

function toRuleChange({
  fromVersion,
  toVersion,
  pendingBefore,
  pendingAfter,
}: Pick<RollOut, "fromVersion" | "toVersion" | "pendingBefore" | "pendingAfter">): RuleChange {
  return {
    before: { approvedVersion: fromVersion, pendingVersion: pendingBefore },
    after: { approvedVersion: toVersion, pendingVersion: pendingAfter },
  };
}
