import "server-only";
import { Prisma } from "#generated/client";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type { RollOutScope } from "#fleet/devices/roll-out-state";
import { updateStateSql } from "#fleet/devices/server/progress-state-sql";
import { versionKey } from "#foundation/core/version";

/** A row of `ListedDevice` that belongs to the rule of a roll-out. */
export function isPhoneOfRule({ poolId, hardwareKey, kindIds }: RollOutScope): Prisma.Sql {
  return Prisma.sql`(listed."poolId" = ${poolId}::uuid AND (
    listed."kindId" = ANY(${[...kindIds]})
    OR listed."kindId" IS NULL AND EXISTS (
      SELECT FROM "Device" other
      WHERE other."id" = listed."deviceId" AND other."hardwareKey" = ${hardwareKey}
    )
  ))`;
}

/** The facts of a phone about the version of a roll-out; null if it was not offered this version. */
export function factsOf({ updateType, version }: RollOutScope): Prisma.Sql {
  return Prisma.sql`(
    SELECT facts FROM (SELECT device."progress" -> ${updateType}::text AS facts) entry
    WHERE facts ->> 'version' = ${version}
  )`;
}

/**
 * The ids and states of the phones of a roll-out, as `id` and `state`. A phone without a kind is compared itself.
 */
export function phonesInStates(scope: RollOutScope, limits: ProgressLimits): Prisma.Sql {
  const { rollOutId, updateType, version, runningKindIds } = scope;
  if (scope.isSettled) {
    return Prisma.sql`
      SELECT "deviceId" AS "id", "state" FROM "RollOutPhone" WHERE "rollOutId" = ${rollOutId}::uuid`;
  }
  const reportsVersion = Prisma.sql`(
    SELECT version_key(installed_versions(device."installed") ->> ${updateType}) = ${versionKey(version)}
    FROM "Device" device WHERE device."id" = listed."deviceId"
  )`;
  // Null if the phone was not offered this version. Not a join, which would read all phones of the roll-out. Without
  // OFFSET, PostgreSQL would look for the facts in each branch.
  const stateByFacts = Prisma.sql`(
    SELECT ${updateStateSql(limits)}
    FROM "Device" device CROSS JOIN LATERAL (SELECT ${factsOf(scope)} AS facts OFFSET 0) known
    WHERE device."id" = listed."deviceId" AND known.facts IS NOT NULL
  )`;
  return Prisma.sql`
    SELECT member."deviceId" AS "id", CASE
      WHEN listed."deviceId" IS NULL OR NOT ${isPhoneOfRule(scope)} THEN 'left'
      WHEN listed."kindId" = ANY(${[...runningKindIds]}) THEN 'running'
      WHEN listed."kindId" IS NULL AND ${reportsVersion} THEN 'running'
      ELSE coalesce(
        CASE WHEN listed."progressStage" IS NOT NULL THEN ${stateByFacts} END,
        CASE WHEN listed."lastSeenAt" < ${limits.silentBefore} THEN 'silent' ELSE 'waiting' END
      )
    END AS "state"
    FROM "RollOutPhone" member
    LEFT JOIN "ListedDevice" listed ON listed."deviceId" = member."deviceId"
    WHERE member."rollOutId" = ${rollOutId}::uuid`;
}
