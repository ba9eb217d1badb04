import "server-only";

import { AppError } from "#lib/core/errors";
import type { Db } from "#lib/platform/db/client";
import type { TestDevice } from "#lib/test-devices/model";
import { testDeviceIdentity } from "#lib/test-devices/model";
import { findOverlap } from "#lib/test-devices/server/store";

/** The same phone twice would leave it a test device after somebody believed to have taken it off. */
export async function requireNoOverlap(
  tx: Db,
  device: Pick<TestDevice, "siteId" | "identifierType" | "identifier">,
  exceptId: string | null,
): Promise<void> {
  const overlap = await findOverlap(tx, device, exceptId);
  if (overlap !== null) {
    throw new AppError(
      "conflict",
      `${device.identifier} is a test device already: ${testDeviceIdentity(overlap)}.`,
    );
  }
}
