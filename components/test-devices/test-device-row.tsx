import type { KnownPhone } from "#fleet/devices/model";
import type { TestDevice } from "#fleet/test-devices/model";

/** A test device with what is known of the phone. */
export type TestDeviceRow = {
  readonly testDevice: TestDevice;
  /** Null for one that has never asked. */
  readonly phone: KnownPhone | null;
};

/** The pending versions that its last check gave a phone; more than one where it has several kinds of image. */
export function pendingGiven(phone: KnownPhone | null): string | null {
  const versions = (phone?.offered ?? []).flatMap(({ channel, version }) =>
    channel === "pending" ? [version] : [],
  );
  return versions.length === 0 ? null : [...new Set(versions)].join(", ");
}
