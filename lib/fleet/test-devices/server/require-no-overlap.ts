import "server-only";

import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { DeviceIdentifier } from "#fleet/devices/identify";
import { identifiersOf, groupIdentifiers } from "#fleet/devices/identify";
import type { KnownPhone } from "#fleet/devices/model";
import { findKnownPhones } from "#fleet/devices/server/find-known-phones";
import type { Db } from "#foundation/platform/db/client";
import type { TestDevice } from "#fleet/test-devices/model";
import { testDeviceIdentity } from "#fleet/test-devices/model";
import { formatIdentifier } from "#fleet/test-devices/read-identifiers";
import { findOverlap } from "#fleet/test-devices/server/store";

type Registration = Pick<TestDevice, "siteId" | "identifierType" | "identifier">;

/**
 * Refuses a phone that is already a test device, by this mark or by another mark of it in the inventory: it would still
 * be a test device after one of the two is removed. Refuses a serial number that several phones report.
 */
export async function requireNoOverlap(
  tx: Db,
  device: Registration,
  {
    exceptId,
    phones,
  }: { readonly exceptId: string | null; readonly phones: readonly KnownPhone[] },
): Promise<void> {
  const overlap = await findOverlap(tx, device, { marks: [device], exceptId });
  if (overlap !== null) {
    const identity = testDeviceIdentity(overlap);
    throw new AppError(
      "conflict",
      `${formatIdentifier(device)} is a test device already: ${identity}.`,
      {
        reason: { code: "same_phone_registered", identity, mark: formatIdentifier(overlap) },
      },
    );
  }
  const [phone] = phones;
  if (phone === undefined) {
    return;
  }
  requireOnePhone(device, phones);
  const other = await findOverlap(tx, device, { marks: identifiersOf(phone), exceptId });
  if (other !== null) {
    const identity = testDeviceIdentity(other);
    const mark = formatIdentifier(other);
    throw new AppError(
      "conflict",
      `${formatIdentifier(device)} is the phone ${mark}, which is a test device already: ${identity}.`,
      { reason: { code: "same_phone_registered", identity, mark } },
    );
  }
}

/** Finds the phones with a mark in the inventory. A retired phone may return, so that its marks count too. */
export function findRegisteredPhones(
  context: UseCaseContext,
  mark: DeviceIdentifier,
): Promise<readonly KnownPhone[]> {
  return findKnownPhones(context, groupIdentifiers([mark]), { withRetired: true });
}

function requireOnePhone(mark: DeviceIdentifier, phones: readonly KnownPhone[]): void {
  if (mark.identifierType === "SerialNumber" && phones.length > 1) {
    throw new AppError(
      "conflict",
      `${phones.length} phones report the serial number ${mark.identifier}, so it identifies none of them. Register a phone by its MAC address.`,
      { reason: { code: "shared_serial_number", phones: phones.length } },
    );
  }
}
