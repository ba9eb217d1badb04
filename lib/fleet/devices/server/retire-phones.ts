import "server-only";
import type { AuditFact } from "#foundation/audit/model";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { phoneFacts } from "#fleet/devices/audit-facts";
import type { ParsedRetireInput, RetirementReport } from "#fleet/devices/retirement";
import { insertDeviceEvents, retireDevices } from "#fleet/devices/server/retirement-store";

/**
 * Takes phones out of lists, counts and statistics. Their checks and their history stay, and each of them is listed again
 * by itself when it checks again.
 */
export async function retirePhones(
  context: UseCaseContext,
  { deviceIds, reason }: ParsedRetireInput,
): Promise<RetirementReport> {
  requirePermission(context.actor, "device:write");
  return inTransaction((tx) =>
    retireWithinUnchecked(tx, context, { deviceIds, reason, facts: {} }),
  );
}

/** The same within a transaction. The caller checks the permission. `facts` go to the audit trail. */
export async function retireWithinUnchecked(
  tx: Db,
  context: UseCaseContext,
  { deviceIds, reason, facts }: ParsedRetireInput & { readonly facts: AuditFact["facts"] },
): Promise<RetirementReport> {
  const { now: at, actor } = context;
  const phones = await retireDevices(tx, deviceIds, { at, by: actor.name, reason });
  const ids = phones.map(({ id }) => id);
  await insertDeviceEvents(tx, ids, { at, kind: "retired", actorName: actor.name, reason });
  await recordAudit(tx, context, phoneFacts("device.retired", phones, { reason, facts }));
  return { changed: phones.length, skipped: new Set(deviceIds).size - phones.length };
}
