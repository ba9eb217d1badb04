import type { SerialChange } from "#fleet/devices/model";

/** Two phones with one MAC address each check at least daily, so an older change is not evidence of a conflict. */
export const MAX_CONFLICT_AGE_MS = 7 * 24 * 60 * 60 * 1000;
/** The first change may be due to a repair; a second one shows that two phones alternate. */
export const MIN_CONFLICT_CHANGES = 2;

/**
 * Whether two phones alternate under one MAC address. Changes that updates explain, in both directions, are from one
 * phone. PostgreSQL applies the same rule (`hasSerialConflict` in device-sql.ts) to filter by progress; an integration
 * test compares both.
 */
export function hasSerialConflict(changes: readonly SerialChange[], lastSeenAt: Date): boolean {
  const recent = changes.filter(
    ({ at }) => lastSeenAt.getTime() - at.getTime() <= MAX_CONFLICT_AGE_MS,
  );
  return recent.length >= MIN_CONFLICT_CHANGES && recent.some(({ channel }) => channel === null);
}

/**
 * The serial numbers before updates to pending versions. Only these keep a phone a test device: another phone with the
 * same MAC address does not run a version that was offered to test devices only.
 */
export function updatedSerialNumbers(changes: readonly SerialChange[]): readonly string[] {
  return changes.flatMap(({ channel, serialNumber }) =>
    channel === "pending" ? [serialNumber] : [],
  );
}
