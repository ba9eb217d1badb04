import "server-only";

import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { RefusedTestDevice, TestDevicesReport } from "#fleet/test-devices/model";
import type { CreateTestDevicesInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";

/** Registers several phones as test devices, each in its own transaction: a refused one does not affect the others. */
export async function createTestDevices(
  context: UseCaseContext,
  { testDevices }: CreateTestDevicesInput,
): Promise<TestDevicesReport> {
  requirePermission(context.actor, "test_device:write");
  const refused: RefusedTestDevice[] = [];
  for (const testDevice of testDevices) {
    try {
      await createTestDevice(context, testDevice);
    } catch (error) {
      if (!(error instanceof AppError)) {
        throw error;
      }
      const { identifierType, identifier } = testDevice;
      refused.push({ identifierType, identifier, code: error.code, reason: error.reason });
    }
  }
  return { created: testDevices.length - refused.length, refused };
}
