import type { KnownPhone } from "#fleet/devices/model";
import type { TestDevice } from "#fleet/test-devices/model";

/** A test device and its phone. */
export type TestDeviceRow = {
  readonly testDevice: TestDevice;
  /** Null if the phone has never checked. */
  readonly phone: KnownPhone | null;
};

/** The pending versions that the phone was offered at its last check. There can be one for each update type. */
export function pendingGiven(phone: KnownPhone | null): string | null {
  const versions = (phone?.offered ?? []).flatMap(({ channel, version }) =>
    channel === "pending" ? [version] : [],
  );
  return versions.length === 0 ? null : [...new Set(versions)].join(", ");
}
