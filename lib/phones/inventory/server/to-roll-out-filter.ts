import "server-only";
import type { RollOutFilter } from "#fleet/devices/roll-out-state";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { findRolledOut, listKindsOf } from "#fleet/devices/server/roll-out-phones";
import { AppError } from "#foundation/core/errors";
import { hardwareKey } from "#foundation/core/hardware";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { RuleTable } from "#phones/check/rule-table";
import { toRollOutScope } from "#phones/inventory/roll-out-scope";

/** Throws `not_found` for an unknown roll-out: an empty list would look like a valid answer. */
export async function toRollOutFilter(
  context: UseCaseContext,
  rules: RuleTable,
  { rollOut, rollOutState: states }: Pick<DeviceSearch, "rollOut" | "rollOutState">,
): Promise<RollOutFilter | null> {
  if (rollOut === "") {
    return null;
  }
  const rolledOut = await findRolledOut(context, rollOut);
  if (rolledOut === null) {
    throw new AppError("not_found", "There is no such roll-out, or it moved no phones.");
  }
  const kinds = await listKindsOf(context, hardwareKey(rolledOut.hardware));
  return { scope: toRollOutScope(rules, rolledOut, kinds), states };
}
