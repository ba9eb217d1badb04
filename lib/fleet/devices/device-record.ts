import type {
  Channel,
  DeviceSummary,
  DeviceUpdate,
  IdentityConflict,
  Side,
  UpdateState,
} from "#fleet/devices/model";
import type { ProgressState } from "#fleet/devices/progress-state";
import type { Hardware } from "#foundation/core/hardware";
import { toHardware } from "#foundation/core/hardware";

/** A phone as scripts read it: flat, except for its current updates. */
export type DeviceRecord = Hardware & {
  readonly id: string;
  /** Twelve or more upper-case hex digits. */
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  /** The serial numbers it reported before, newest first. */
  readonly serialChanges: readonly SerialChangeRecord[];
  /** `two_phones`: two phones with different serial numbers use this MAC address. */
  readonly conflict: IdentityConflict | null;
  readonly version: string | null;
  readonly state: UpdateState;
  readonly progress: ProgressState | null;
  readonly updates: readonly DeviceUpdateRecord[];
  readonly isTestDevice: boolean;
  readonly pool: string | null;
  readonly site: string | null;
  readonly address: string;
  readonly side: Side;
  readonly userName: string | null;
  readonly lastSeenAt: string;
};

/** `channel` is the channel of the update that changed the serial number; null if no update explains the change. */
export type SerialChangeRecord = {
  readonly serialNumber: string;
  readonly until: string;
  readonly channel: Channel | null;
};

/** Times are in RFC 3339; null if the event was not observed. */
export type DeviceUpdateRecord = {
  readonly updateType: string;
  readonly version: string;
  readonly fromVersion: string | null;
  readonly state: ProgressState;
  readonly offeredAt: string;
  readonly startedAt: string | null;
  readonly downloadedAt: string | null;
  readonly runningAt: string | null;
  readonly fellBackAt: string | null;
  /** The version that it reports instead; null if it reports this version or the previous one. */
  readonly otherVersion: string | null;
  /** How often it installed another version instead; after three times, this version is no longer offered to it. */
  readonly attempts: number;
};

export function toDeviceRecord(device: DeviceSummary): DeviceRecord {
  return {
    id: device.id,
    macAddress: device.macAddress,
    serialNumber: device.serialNumber,
    serialChanges: device.serialChanges.map(({ serialNumber, at, channel }) => ({
      serialNumber,
      until: at.toISOString(),
      channel,
    })),
    conflict: device.conflict,
    ...toHardware(device.hardware),
    version: device.version,
    state: device.state,
    progress: device.progress,
    updates: device.updates.map(toUpdateRecord),
    isTestDevice: device.isTestDevice,
    pool: device.poolFqdn,
    site: device.siteName,
    address: device.address,
    side: device.side,
    userName: device.userName,
    lastSeenAt: device.lastSeenAt.toISOString(),
  };
}

function toUpdateRecord(update: DeviceUpdate): DeviceUpdateRecord {
  return {
    updateType: update.updateType,
    version: update.version,
    fromVersion: update.fromVersion,
    state: update.state,
    offeredAt: update.offeredAt.toISOString(),
    startedAt: toText(update.startedAt),
    downloadedAt: toText(update.downloadedAt),
    runningAt: toText(update.runningAt),
    fellBackAt: toText(update.fellBackAt),
    otherVersion: update.otherVersion,
    attempts: update.attempts,
  };
}

function toText(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
