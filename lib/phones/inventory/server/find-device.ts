import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Device } from "#fleet/devices/model";
import { findKnownDevice } from "#fleet/devices/server/read-inventory";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import { judgePhone } from "#phones/inventory/judge-phone";

/** Finds a phone with the answer to its last check and the reasons; null if no phone has this id. */
export async function findDevice(
  context: UseCaseContext,
  { id }: { readonly id: string },
): Promise<Device | null> {
  requirePermission(context.actor, "device:read");
  const known = await findKnownDevice(context, id);
  return known === null
    ? null
    : { ...known, ...judgePhone(await presentRuleTable(context.now), known) };
}
