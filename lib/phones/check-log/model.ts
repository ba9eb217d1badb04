import type { Hardware } from "#foundation/core/hardware";
import type { DeviceCheck } from "#fleet/devices/model";

/** One check, as the check log lists it. */
export type CheckEntry = DeviceCheck & {
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly hardware: Hardware;
  readonly poolFqdn: string | null;
  /** The phone's page; null where nobody can tell which phone it was. */
  readonly deviceId: string | null;
};

/** Beyond so many, checks are not counted and not paged through: a search that narrow serves better. */
export const MOST_COUNTED = 10_000;
