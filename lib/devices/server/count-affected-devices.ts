import "server-only";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { Impact, RuleChange } from "#lib/devices/impact";
import { impactOf } from "#lib/devices/impact";
import type { CountedRule } from "#lib/devices/server/impact-store";
import { countPhones } from "#lib/devices/server/impact-store";
import { db } from "#lib/platform/db/client";

/** How many known phones each change of a rule would move, by the rule's id. */
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
    changes.map((change) => [change.ruleId, impactOf(change, groups.get(change.ruleId) ?? [])]),
  );
}
