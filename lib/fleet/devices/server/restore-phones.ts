import "server-only";
import type { AuditFact } from "#foundation/audit/model";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { phoneFacts } from "#fleet/devices/audit-facts";
import type { ParsedRetireInput, RetirementReport } from "#fleet/devices/retirement";
import { insertDeviceEvents, restoreDevices } from "#fleet/devices/server/retirement-store";

/** Lists retired phones again, before they check again. */
export async function restorePhones(
  context: UseCaseContext,
  { deviceIds, reason }: ParsedRetireInput,
): Promise<RetirementReport> {
  requirePermission(context.actor, "device:write");
  return inTransaction((tx) =>
    restoreWithinUnchecked(tx, context, { deviceIds, reason, facts: {} }),
  );
}

/** The same within a transaction. The caller checks the permission. `facts` go to the audit trail. */
export async function restoreWithinUnchecked(
  tx: Db,
  context: UseCaseContext,
  { deviceIds, reason, facts }: ParsedRetireInput & { readonly facts: AuditFact["facts"] },
): Promise<RetirementReport> {
  const { now: at, actor } = context;
  const phones = await restoreDevices(tx, deviceIds);
  const ids = phones.map(({ id }) => id);
  await insertDeviceEvents(tx, ids, { at, kind: "restored", actorName: actor.name, reason });
  await recordAudit(tx, context, phoneFacts("device.restored", phones, { reason, facts }));
  return { changed: phones.length, skipped: new Set(deviceIds).size - phones.length };
}
