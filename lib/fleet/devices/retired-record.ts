import type { RetiredPhone } from "#fleet/devices/model";
import type { Hardware } from "#foundation/core/hardware";
import { toHardware } from "#foundation/core/hardware";

/** A retired phone as scripts read it. */
export type RetiredRecord = Hardware & {
  readonly id: string;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly version: string | null;
  readonly pool: string | null;
  readonly address: string;
  readonly userName: string | null;
  readonly lastSeenAt: string;
  readonly retiredAt: string;
  readonly retiredBy: string;
  readonly reason: string;
};

export function toRetiredRecord(phone: RetiredPhone): RetiredRecord {
  return {
    id: phone.id,
    macAddress: phone.macAddress,
    serialNumber: phone.serialNumber,
    ...toHardware(phone.hardware),
    version: phone.version,
    pool: phone.poolFqdn,
    address: phone.address,
    userName: phone.userName,
    lastSeenAt: phone.lastSeenAt.toISOString(),
    retiredAt: phone.retirement.at.toISOString(),
    retiredBy: phone.retirement.by,
    reason: phone.retirement.reason,
  };
}
