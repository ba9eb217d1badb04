import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { testDeviceFact } from "#fleet/test-devices/audit-facts";
import type { TestDevice } from "#fleet/test-devices/model";
import type { CreateTestDeviceInput } from "#fleet/test-devices/schema";
import {
  findRegisteredPhones,
  requireNoOverlap,
} from "#fleet/test-devices/server/require-no-overlap";
import { findSiteId, insertTestDevice } from "#fleet/test-devices/server/store";

/** Registers a phone as a test device. Throws `conflict` if its name or identifier is taken in that scope. */
export async function createTestDevice(
  context: UseCaseContext,
  input: CreateTestDeviceInput,
): Promise<TestDevice> {
  requirePermission(context.actor, "test_device:write");
  const phones = await findRegisteredPhones(context, input);
  return inTransaction(async (tx) => {
    const siteId = input.siteName === null ? null : await requireSiteId(tx, input.siteName);
    const { name, identifierType, identifier } = input;
    await requireNoOverlap(tx, { siteId, identifierType, identifier }, { exceptId: null, phones });
    const device = await insertTestDevice(tx, {
      siteId,
      name,
      identifierType,
      identifier,
      createdAt: context.now,
      createdBy: context.actor.name,
    });
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [testDeviceFact("test_device.created", device)]);
    return device;
  });
}

async function requireSiteId(tx: Db, name: string): Promise<string> {
  const siteId = await findSiteId(tx, name);
  if (siteId === null) {
    throw new AppError("not_found", `There is no site ${name}.`);
  }
  return siteId;
}
