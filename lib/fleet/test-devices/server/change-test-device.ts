import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { testDeviceFact } from "#fleet/test-devices/audit-facts";
import type { ChangeTestDeviceInput } from "#fleet/test-devices/schema";
import {
  findRegisteredPhones,
  requireNoOverlap,
} from "#fleet/test-devices/server/require-no-overlap";
import { findTestDevice, updateIdentifier } from "#fleet/test-devices/server/store";

/** Changes the identifier of a test device. Name and scope cannot change, as in the original. */
export async function changeTestDevice(
  context: UseCaseContext,
  { testDeviceId, identifierType, identifier }: ChangeTestDeviceInput,
): Promise<void> {
  requirePermission(context.actor, "test_device:write");
  const phones = await findRegisteredPhones(context, { identifierType, identifier });
  await inTransaction(async (tx) => {
    const before = await findTestDevice(tx, testDeviceId);
    if (before === null) {
      throw new AppError("not_found", "This test device no longer exists.");
    }
    const after = { ...before, identifierType, identifier };
    await requireNoOverlap(tx, after, { exceptId: testDeviceId, phones });
    await updateIdentifier(tx, testDeviceId, after);
    await notify(tx, RULES_CHANNEL);
    const fact = testDeviceFact("test_device.changed", after);
    await recordAudit(tx, context, [
      { ...fact, facts: { ...fact.facts, identifierBefore: before.identifier } },
    ]);
  });
}
