import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type { RollOutScope } from "#fleet/devices/roll-out-state";
import { siteIdOfListed } from "#fleet/devices/server/place-sql";
import { updateStateSql } from "#fleet/devices/server/progress-state-sql";
import { factsOf, isPhoneOfRule } from "#fleet/devices/server/roll-out-sql";
import type { Db } from "#foundation/platform/db/client";

const countRows = z.tuple([z.object({ phones: z.bigint().transform(Number) })]);

/** The network of an address: the first three numbers of IPv4, the first four groups of IPv6. */
const NETWORK = Prisma.sql`CASE WHEN strpos(device."address", ':') > 0
  THEN array_to_string((string_to_array(device."address", ':'))[1:4], ':')
  ELSE regexp_replace(device."address", '[.][0-9]+$', '') END`;

type BrakeQuestion = {
  readonly since: Date;
  readonly limits: ProgressLimits;
  /** Phones with a later sign of life are not asked for. */
  readonly quietBefore: Date;
};

/** Counts the phones of the rule that downloaded the version since a time. */
export async function countInstalled(
  db: Db,
  scope: RollOutScope,
  { since }: Pick<BrakeQuestion, "since">,
): Promise<number> {
  const [{ phones }] = countRows.parse(
    await db.$queryRaw`
      SELECT count(*) AS "phones"
      FROM "ListedDevice" listed JOIN "Device" device ON device."id" = listed."deviceId"
      WHERE ${isInstalled(scope, since)}`,
  );
  return phones;
}

/** Whether a phone of the rule downloaded the version since a time. */
function isInstalled(scope: RollOutScope, since: Date): Prisma.Sql {
  return Prisma.sql`${isPhoneOfRule(scope)} AND listed."progressStage" IS NOT NULL
    AND (${factsOf(scope)} ->> 'downloadedAt')::bigint >= ${since.getTime()}`;
}

/**
 * The phones that downloaded the version since a time and do not run it, with their state and their last sign. A phone that runs
 * all of its updates is none of them, which its narrow row says.
 */
function notRunningPhones(
  scope: RollOutScope,
  { since, limits }: Pick<BrakeQuestion, "since" | "limits">,
): Prisma.Sql {
  return Prisma.sql`
    SELECT device."id", device."deviceKey", ${updateStateSql(limits)} AS "state", ${NETWORK} AS "network",
      ${siteIdOfListed} AS "siteId",
      greatest(device."lastSeenAt",
        to_timestamp(coalesce(facts ->> 'lastDownloadedAt', facts ->> 'downloadedAt')::bigint / 1000.0)
      ) AS "lastSignAt"
    FROM "ListedDevice" listed JOIN "Device" device ON device."id" = listed."deviceId"
    CROSS JOIN LATERAL (SELECT ${factsOf(scope)} AS facts) known
    WHERE ${isInstalled(scope, since)} AND listed."progressStage" <> 'running'`;
}

/** Counts the phones that downloaded the version since a time and fell back. */
export async function countFellBack(
  db: Db,
  scope: RollOutScope,
  question: Pick<BrakeQuestion, "since" | "limits">,
): Promise<number> {
  const [{ phones }] = countRows.parse(
    await db.$queryRaw`
      SELECT count(*) AS "phones" FROM (${notRunningPhones(scope, question)}) phone
      WHERE "state" = 'fell_back'`,
  );
  return phones;
}

/** More would not change what a brake decides. */
const MAX_QUIET_PHONES = 1_000;
/** The rhythm of a phone is that of its last checks. */
const RHYTHM_CHECKS = 20;
const RHYTHM_DAYS = 8;

const quietRows = z.array(
  z.object({
    id: z.string(),
    network: z.string(),
    siteId: z.string().nullable(),
    lastSignAt: z.date(),
    longestPauseMs: z.number().nullable(),
  }),
);

/** The phones that downloaded the version and were not heard of since: the quietest first. */
export async function findQuietPhones(
  db: Db,
  scope: RollOutScope,
  question: BrakeQuestion,
): Promise<z.output<typeof quietRows>> {
  const rows = await db.$queryRaw`
    WITH quiet AS MATERIALIZED (
      SELECT * FROM (${notRunningPhones(scope, question)}) phone
      WHERE "state" IN ('downloaded', 'never_came_back') AND "lastSignAt" < ${question.quietBefore}
      ORDER BY "lastSignAt" LIMIT ${MAX_QUIET_PHONES}
    )
    SELECT quiet."id"::text, quiet."network", quiet."siteId"::text, quiet."lastSignAt", rhythm."longestPauseMs"
    FROM quiet CROSS JOIN LATERAL (
      SELECT (extract(epoch FROM max("pause")) * 1000)::float8 AS "longestPauseMs" FROM (
        SELECT "at" - lag("at") OVER (ORDER BY "at") AS "pause" FROM (
          SELECT "at" FROM "DeviceCheck" said
          WHERE said."deviceKey" = quiet."deviceKey"
            AND said."at" > quiet."lastSignAt" - make_interval(days => ${RHYTHM_DAYS}::int)
          ORDER BY "at" DESC LIMIT ${RHYTHM_CHECKS}
        ) checks
      ) pauses
    ) rhythm`;
  return quietRows.parse(rows);
}

type NeighbourQuestion = {
  /** Phones that are not neighbours. */
  readonly ids: readonly string[];
  /** A phone that was silent before proves nothing by its silence. */
  readonly seenSince: Date;
};

const neighbourColumns = { phones: z.bigint().transform(Number), lastSeenAt: z.date().nullable() };
const networkRows = z.array(z.object({ network: z.string(), ...neighbourColumns }));

/** The phones of some networks, of any roll-out or none. */
export async function findNetworkNeighbours(
  db: Db,
  networks: readonly string[],
  { ids, seenSince }: NeighbourQuestion,
): Promise<z.output<typeof networkRows>> {
  const rows = await db.$queryRaw`
    SELECT "network", count(*) AS "phones", max("lastSeenAt") AS "lastSeenAt" FROM (
      SELECT ${NETWORK} AS "network", listed."lastSeenAt"
      FROM "ListedDevice" listed JOIN "Device" device ON device."id" = listed."deviceId"
      WHERE device."id" <> ALL(${[...ids]}::uuid[]) AND listed."lastSeenAt" >= ${seenSince}
    ) phone
    WHERE "network" = ANY(${[...networks]}) GROUP BY "network"`;
  return networkRows.parse(rows);
}

const placeRows = z.array(
  z.object({ siteId: z.string().nullable(), poolId: z.string().nullable(), ...neighbourColumns }),
);

/** The phones by their site and their pool, of any roll-out or none. */
export async function findPlaceNeighbours(
  db: Db,
  { ids, seenSince }: NeighbourQuestion,
): Promise<z.output<typeof placeRows>> {
  const rows = await db.$queryRaw`
    SELECT coalesce(network."siteId", pool."siteId")::text AS "siteId", place."poolId"::text AS "poolId",
      sum(place."phones")::bigint AS "phones", max(place."lastSeenAt") AS "lastSeenAt"
    FROM (
      SELECT "networkId", "poolId", count(*) AS "phones", max("lastSeenAt") AS "lastSeenAt"
      FROM "ListedDevice" WHERE "deviceId" <> ALL(${[...ids]}::uuid[]) AND "lastSeenAt" >= ${seenSince}
      GROUP BY "networkId", "poolId"
    ) place
    LEFT JOIN "SiteNetwork" network ON network."id" = place."networkId"
    LEFT JOIN "Pool" pool ON pool."id" = place."poolId"
    GROUP BY 1, 2`;
  return placeRows.parse(rows);
}
