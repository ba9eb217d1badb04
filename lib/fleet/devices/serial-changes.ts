import type { SerialChange } from "#fleet/devices/model";

/** Two phones behind one MAC address check at least daily each; a change that is older than this is history. */
export const MAX_CONFLICT_AGE_MS = 7 * 24 * 60 * 60 * 1000;
/** The first change may be a phone that was repaired; the next one shows that two take turns. */
export const MIN_CONFLICT_CHANGES = 2;

/**
 * Whether two phones take turns under one MAC address. Changes that updates brought, there and back, are one phone's.
 * PostgreSQL applies the same rule (`hasSerialConflict` in device-sql.ts) to filter by progress; an integration test
 * compares both.
 */
export function hasSerialConflict(changes: readonly SerialChange[], lastSeenAt: Date): boolean {
  const recent = changes.filter(
    ({ at }) => lastSeenAt.getTime() - at.getTime() <= MAX_CONFLICT_AGE_MS,
  );
  return recent.length >= MIN_CONFLICT_CHANGES && recent.some(({ channel }) => channel === null);
}

/**
 * The serial numbers before updates of pending versions. Only those keep a phone a test device: another phone under the
 * same MAC address does not run a version that was offered to test devices alone.
 */
export function updatedSerialNumbers(changes: readonly SerialChange[]): readonly string[] {
  return changes.flatMap(({ channel, serialNumber }) =>
    channel === "pending" ? [serialNumber] : [],
  );
}
