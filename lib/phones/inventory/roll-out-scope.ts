import { installedVersions } from "#fleet/devices/installed-modules";
import type { PoolKind } from "#fleet/devices/kind";
import type { RolledOutVersion, RollOutScope } from "#fleet/devices/roll-out-state";
import { hardwareKey } from "#foundation/core/hardware";
import { decideUpdate } from "#phones/check/decide-update";
import type { RuleTable } from "#phones/check/rule-table";
import { findPoolById } from "#phones/inventory/judge-phone";
import { sameVersionsOf } from "#phones/inventory/same-versions";

type HardwareKind = Pick<PoolKind, "kindId" | "installed">;

/** What tells the states of a roll-out's phones. `kinds` are the kinds with its hardware. */
export function toRollOutScope(
  rules: RuleTable,
  rollOut: RolledOutVersion,
  kinds: readonly HardwareKind[],
): RollOutScope {
  return {
    rollOutId: rollOut.rollOutId,
    poolId: rollOut.poolId,
    hardwareKey: hardwareKey(rollOut.hardware),
    updateType: rollOut.updateType.toLowerCase(),
    version: rollOut.version,
    startedAt: rollOut.startedAt,
    kindIds: kinds.map(({ kindId }) => kindId),
    runningKindIds: kindsThatRun(rules, rollOut, kinds),
    isSettled: rollOut.isSettled,
  };
}

/** The kinds that run a version, as `decideUpdate` judges them: it says that the version is installed. */
function kindsThatRun(
  rules: RuleTable,
  { poolId, hardware, updateType, version }: RolledOutVersion,
  kinds: readonly HardwareKind[],
): readonly number[] {
  const sameVersions = sameVersionsOf(findPoolById(rules, poolId), { hardware, updateType });
  // The content does not matter: whether it can be served now is another question.
  const approved = { releaseId: "", version, createdAt: new Date(0), files: [], faults: new Map() };
  const rule = {
    id: "",
    hardware,
    updateType,
    approved,
    pending: null,
    restore: null,
    sameVersions,
  };
  return kinds
    .filter(({ installed }) => {
      const device = { hardware, isTestDevice: false, installed: installedVersions(installed) };
      const [judgement] = decideUpdate(device, [rule]);
      return judgement?.verdict === "already_installed";
    })
    .map(({ kindId }) => kindId);
}
