import "server-only";
import { Prisma } from "#generated/client";
import { toMacDigits } from "#foundation/core/search-text";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import type { DeviceSearch, DeviceSortColumn } from "#fleet/devices/search-params";
import { containsText, equalsIgnoringCase } from "#foundation/platform/db/text-filter";
import { MAX_CONFLICT_AGE_MS, MIN_CONFLICT_CHANGES } from "#fleet/devices/serial-changes";
import { IS_TEST_DEVICE } from "#fleet/devices/server/test-device-sql";

/**
 * Parts of the queries about devices. In all of them, `device` is the row of the device and `pool` the row of its pool.
 */

const SORT_COLUMNS = {
  model: Prisma.sql`lower(device."model")`,
  version: Prisma.sql`device."version"`,
  lastSeenAt: Prisma.sql`device."lastSeenAt"`,
  pool: Prisma.sql`pool."fqdn"`,
  address: Prisma.sql`device."address"`,
  macAddress: Prisma.sql`device."macAddress"`,
  serialNumber: Prisma.sql`device."serialNumber"`,
} as const satisfies Record<DeviceSortColumn, Prisma.Sql>;

const DIRECTIONS = {
  asc: Prisma.sql`ASC NULLS LAST`,
  desc: Prisma.sql`DESC NULLS LAST`,
} as const satisfies Record<DeviceSearch["order"], Prisma.Sql>;

// The id breaks ties: without it a row can appear on two pages, or on none.
export function toOrder({ sort, order }: Pick<DeviceSearch, "sort" | "order">): Prisma.Sql {
  return Prisma.sql`${SORT_COLUMNS[sort]} ${DIRECTIONS[order]}, device."id" ASC`;
}

/** A query for the ids of the devices that match a search. */
export function matchingDevices(search: DeviceSearch, limits: ProgressLimits): Prisma.Sql {
  const conditions = toConditions(search, limits);
  return search.state.length === 0
    ? Prisma.sql`
        SELECT device."id" FROM "Device" device LEFT JOIN "Pool" pool ON pool."id" = device."poolId"
        WHERE ${conditions}`
    : Prisma.sql`
        SELECT standing."id" FROM (${standings(conditions)}) standing
        WHERE standing."state" = ANY(${[...search.state]})`;
}

/**
 * A query for the update states of the devices that match a condition, and whether they are test devices.
 *
 * The same rule as `decideUpdate`, in SQL because the database pages and filters by it: a test device gets the pending
 * version, other devices the approved one, and a different version is due, newer or older, unless the offer is
 * suspended. An integration test compares both.
 */
export function standings(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT
      asked."id",
      asked."isTestDevice",
      CASE
        WHEN count(offer."updateType") = 0 THEN 'unknown'
        WHEN count(offer."version") = 0 THEN 'nothing_approved'
        WHEN bool_or(NOT offer."isInstalled" AND NOT offer."isSuspended")
          FILTER (WHERE offer."version" IS NOT NULL) THEN 'update_due'
        WHEN bool_or(NOT offer."isInstalled")
          FILTER (WHERE offer."version" IS NOT NULL) THEN 'suspended'
        ELSE 'up_to_date'
      END AS "state"
    FROM (${askedDevices(condition)}) asked
    LEFT JOIN LATERAL (
      SELECT
        rule."updateType",
        rule."version",
        coalesce(${isSameVersion(
          Prisma.sql`rule."version"`,
          Prisma.sql`asked."installed" ->> rule."updateType"`,
        )}, false) AS "isInstalled",
        EXISTS (
          SELECT FROM "SuspendedOffer" suspended
          WHERE suspended."deviceKey" = asked."deviceKey"
            AND suspended."updateType" = rule."updateType" AND suspended."version" = rule."version"
        ) AS "isSuspended"
      FROM (${offers()}) rule
      WHERE rule."poolId" = asked."poolId"
        AND rule."hardwareKey" = asked."hardwareKey"
        AND rule."isForTestDevices" = asked."isTestDevice"
    ) offer ON true
    GROUP BY asked."id", asked."isTestDevice"`;
}

/** `isSameVersion` (lib/foundation/core/version.ts) for a version that `rule` offers, in SQL. */
function isSameVersion(offered: Prisma.Sql, reported: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    ${offered} = ${reported}
    OR version_key(${offered}) = version_key(${reported})
    OR EXISTS (
      SELECT FROM "VersionMatch" same
      WHERE same."hardwareKey" = rule."imageKey"
        AND (same."poolId" IS NULL OR same."poolId" = rule."poolId")
        AND (version_key(same."packageVersion"), version_key(same."reportedVersion")) IN (
          (version_key(${offered}), version_key(${reported})),
          (version_key(${reported}), version_key(${offered}))
        )
    )
  )`;
}

/** Devices with their versions by lower-case update type. */
function askedDevices(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT
      device."id", device."deviceKey", device."poolId", device."hardwareKey",
      installed_versions(device."installed") AS "installed",
      ${IS_TEST_DEVICE} AS "isTestDevice"
    FROM "Device" device LEFT JOIN "Pool" pool ON pool."id" = device."poolId"
    WHERE ${condition}`;
}

/**
 * The offers of each rule to normal phones and to test devices. A rule's key is the hardware key and the update type.
 */
function offers(): Prisma.Sql {
  return Prisma.sql`
    SELECT
      rule."poolId",
      rule."hardwareKey" AS "imageKey",
      left(rule."hardwareKey", -(length(rule."updateType") + 1)) AS "hardwareKey",
      lower(rule."updateType") AS "updateType",
      audience."isForTestDevices",
      CASE WHEN audience."isForTestDevices" THEN coalesce(pending."version", approved."version")
        ELSE approved."version" END AS "version"
    FROM "UpdateRule" rule
    CROSS JOIN (VALUES (false), (true)) AS audience ("isForTestDevices")
    LEFT JOIN "Release" approved ON approved."id" = rule."approvedReleaseId"
    LEFT JOIN "Release" pending ON pending."id" = rule."pendingReleaseId"`;
}

/**
 * The most urgent progress state of a device: `updateProgress` in SQL, because the database filters by it. An
 * integration test compares both.
 */
function progressState({ silentBefore, installWithinMs }: ProgressLimits): Prisma.Sql {
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

function toConditions(
  { q, model, pool, progress }: DeviceSearch,
  limits: ProgressLimits,
): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  if (q.trim() !== "") {
    conditions.push(matchesText(q.trim()));
  }
  if (model.length > 0) {
    conditions.push(equalsIgnoringCase(Prisma.sql`device."model"`, model));
  }
  if (pool.length > 0) {
    conditions.push(equalsIgnoringCase(Prisma.sql`pool."fqdn"`, pool));
  }
  if (progress.length > 0) {
    conditions.push(Prisma.sql`device."progress" <> '{}'`);
    conditions.push(Prisma.sql`${progressState(limits)} = ANY(${[...progress]})`);
  }
  return Prisma.join(conditions, " AND ");
}

/** Columns that a text search covers. The MAC address is searched separately: it is stored without separators. */
const TEXT_COLUMNS = [
  Prisma.sql`device."serialNumber"`,
  Prisma.sql`device."address"`,
  Prisma.sql`device."userName"`,
  Prisma.sql`device."version"`,
  Prisma.sql`device."brand"`,
  Prisma.sql`device."model"`,
] as const;

function matchesText(text: string): Prisma.Sql {
  const digits = toMacDigits(text);
  const conditions = [
    ...(digits === null ? [] : [containsText(Prisma.sql`device."macAddress"`, digits)]),
    ...TEXT_COLUMNS.map((column) => containsText(column, text)),
  ];
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}
