import "server-only";
import { Prisma } from "#generated/client";
import type { ProgressLimits, ProgressState } from "#fleet/devices/progress-state";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { MAX_CONFLICT_AGE_MS, MIN_CONFLICT_CHANGES } from "#fleet/devices/serial-changes";

/**
 * The most urgent progress state of a device: `updateProgress` in SQL, because the database filters by it. An
 * integration test compares both.
 */
export function progressState(limits: ProgressLimits): Prisma.Sql {
  const order = Prisma.sql`${[...PROGRESS_STATES]}::text[]`;
  return Prisma.sql`(${order})[(
    SELECT min(array_position(${order}, ${updateStateSql(limits)}))
    FROM jsonb_each(device."progress") entry (kind, facts)
  )]`;
}

/**
 * The states of which a device with the stage `installing` may be. It is `offered` if two phones with one address alternate
 * and none of them has downloaded the image.
 */
const INSTALLING_STATES: readonly ProgressState[] = [
  "fell_back",
  "other_version",
  "downloading",
  "downloaded",
  "offered",
];

/** Whether the most urgent progress state of a row of `ListedDevice` is one of several. */
export function isInProgress(states: readonly ProgressState[], limits: ProgressLimits): Prisma.Sql {
  const readsFacts = INSTALLING_STATES.some((state) => states.includes(state));
  const installing = readsFacts ? stateByFacts(limits) : Prisma.sql`NULL`;
  return Prisma.sql`(listed."progressStage" IS NOT NULL
    AND ${listedState(limits, installing)} = ANY(${[...states]}))`;
}

/** The most urgent progress state of a row of `ListedDevice` that has a stage. */
export function listedProgressState(limits: ProgressLimits): Prisma.Sql {
  return listedState(limits, stateByFacts(limits));
}

function listedState({ silentBefore }: ProgressLimits, installing: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN listed."progressStage" = 'running' THEN 'running'
    WHEN listed."lastSeenAt" < ${silentBefore} THEN 'never_came_back'
    WHEN listed."progressStage" = 'installing' THEN ${installing}
    ELSE listed."progressStage"
  END`;
}

/** Not a join and not EXISTS, for which PostgreSQL might read all phones: few need it. */
function stateByFacts(limits: ProgressLimits): Prisma.Sql {
  return Prisma.sql`(
    SELECT ${progressState(limits)} FROM "Device" device WHERE device."id" = listed."deviceId"
  )`;
}

/** The state of one update of a device, whose facts are `facts`. */
export function updateStateSql({ silentBefore, installWithinMs }: ProgressLimits): Prisma.Sql {
  return Prisma.sql`CASE
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
  END`;
}

/** `hasSerialConflict` of serial-changes.ts, in SQL. */
export const hasSerialConflict = Prisma.sql`(device."serialChanges" <> '[]' AND (
  SELECT count(*) >= ${MIN_CONFLICT_CHANGES} AND bool_or(change ->> 'channel' IS NULL)
  FROM jsonb_array_elements(device."serialChanges") change
  WHERE extract(epoch FROM device."lastSeenAt") * 1000 - (change ->> 'atMs')::bigint
    <= ${MAX_CONFLICT_AGE_MS}
))`;
