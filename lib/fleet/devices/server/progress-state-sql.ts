import "server-only";
import { Prisma } from "#generated/client";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { MAX_CONFLICT_AGE_MS, MIN_CONFLICT_CHANGES } from "#fleet/devices/serial-changes";

/**
 * The most urgent progress state of a device: `updateProgress` in SQL, because the database filters by it. An
 * integration test compares both.
 */
export function progressState({ silentBefore, installWithinMs }: ProgressLimits): Prisma.Sql {
  const order = Prisma.sql`${[...PROGRESS_STATES]}::text[]`;
  return Prisma.sql`(${order})[(
    SELECT min(array_position(${order}, CASE
      WHEN facts ? 'runningAt' AND NOT facts ? 'lostAt' THEN 'running'
      WHEN device."lastSeenAt" < ${silentBefore} THEN 'never_came_back'
      WHEN facts ? 'otherVersion' THEN 'other_version'
      WHEN facts ? 'lostAt' AND NOT ${hasSerialConflict} THEN 'fell_back'
      WHEN facts ? 'downloadedAt' THEN CASE
        WHEN ((facts ->> 'bootedAt')::bigint >= (facts ->> 'downloadedAt')::bigint
          OR extract(epoch FROM device."lastSeenAt") * 1000 - (facts ->> 'downloadedAt')::bigint
            >= ${installWithinMs}) AND NOT ${hasSerialConflict}
          THEN 'fell_back'
        ELSE 'downloaded'
      END
      WHEN facts ? 'startedAt' THEN 'downloading'
      ELSE 'offered'
    END))
    FROM jsonb_each(device."progress") entry (kind, facts)
  )]`;
}

/** `hasSerialConflict` of serial-changes.ts, in SQL. */
const hasSerialConflict = Prisma.sql`(device."serialChanges" <> '[]' AND (
  SELECT count(*) >= ${MIN_CONFLICT_CHANGES} AND bool_or(change ->> 'channel' IS NULL)
  FROM jsonb_array_elements(device."serialChanges") change
  WHERE extract(epoch FROM device."lastSeenAt") * 1000 - (change ->> 'atMs')::bigint
    <= ${MAX_CONFLICT_AGE_MS}
))`;
