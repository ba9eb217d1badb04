import type { Session } from "#programs/cli/session";
import type { KnownPhone } from "#fleet/devices/model";
import { findKnownPhones } from "#fleet/devices/server/find-known-phones";
import { AppError } from "#foundation/core/errors";
import { normaliseMacAddress } from "#foundation/core/mac-address";

/** The phones with these MAC addresses or serial numbers, retired ones too. Throws `not_found` if one names no phone. */
export async function requirePhones(
  session: Session,
  identifiers: readonly string[],
): Promise<readonly KnownPhone[]> {
  const found = new Map<string, KnownPhone>();
  for (const identifier of identifiers) {
    const macAddress = normaliseMacAddress(identifier);
    const by =
      macAddress === null
        ? { macAddresses: [], serialNumbers: [identifier.trim()] }
        : { macAddresses: [macAddress], serialNumbers: [] };
    const phones = await findKnownPhones(session.context(), by, { withRetired: true });
    if (phones.length === 0) {
      throw new AppError("not_found", `No phone has the identifier ${identifier}.`);
    }
    phones.forEach((phone) => found.set(phone.id, phone));
  }
  return [...found.values()];
}
