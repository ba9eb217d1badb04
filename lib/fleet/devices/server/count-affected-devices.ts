import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Impact, RuleChange } from "#fleet/devices/impact";
import { computeImpact } from "#fleet/devices/impact";
import type { CountedRule } from "#fleet/devices/server/impact-store";
import { countPhones } from "#fleet/devices/server/impact-store";
import { db } from "#foundation/platform/db/client";

/** Counts the known phones that each change of a rule would move, by the id of the rule. */
export async function countAffectedDevices(
  context: UseCaseContext,
  changes: readonly (CountedRule & RuleChange)[],
): Promise<ReadonlyMap<string, Impact>> {
  requirePermission(context.actor, "device:read");
  if (changes.length === 0) {
    return new Map();
  }
  const groups = await countPhones(db, changes);
  return new Map(
    changes.map((change) => [
      change.ruleId,
      computeImpact(change, groups.get(change.ruleId) ?? []),
    ]),
  );
}
