import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { DoubtfulPhone, NetworkArrivals, SharedSerial } from "#fleet/devices/conflicts";
import { MAX_SHOWN_ROWS } from "#fleet/devices/conflicts";
import { SIDES } from "#fleet/devices/model";
import { NETWORK } from "#fleet/devices/server/newcomer-sql";
import { hasSerialConflict } from "#fleet/devices/server/progress-state-sql";
import type { Db } from "#foundation/platform/db/client";

const phoneRow = z.object({
  id: z.string(),
  model: z.string(),
  macAddress: z.string().nullable(),
  serialNumber: z.string().nullable(),
  address: z.string(),
  firstSeenAt: z.date(),
  lastSeenAt: z.date(),
});
const phoneRows = z.array(phoneRow);

const PHONE_COLUMNS = Prisma.sql`device."id"::text, device."model", device."macAddress", device."serialNumber",
  device."address", device."firstSeenAt", device."lastSeenAt"`;

const IS_SHARED_ADDRESS = Prisma.sql`device."serialChanges" <> '[]' AND device."retiredAt" IS NULL
  AND device."macAddress" IS NOT NULL AND ${hasSerialConflict}`;

/** The serial numbers of several rows, retired ones included: without a condition on the row, an index has everything. */
const repeatedSerials = Prisma.sql`repeated AS MATERIALIZED (
  SELECT "serialKey" FROM "Device" WHERE "serialKey" IS NOT NULL GROUP BY "serialKey" HAVING count(*) > 1
)`;

/** The rows of one repeated serial number that are not retired. PostgreSQL takes every third number for a repeated one. */
const listedRows = Prisma.sql`
  SELECT count(*)::int AS "rows", max(device."lastSeenAt") AS "newestAt"
  FROM "Device" device WHERE device."serialKey" = repeated."serialKey" AND device."retiredAt" IS NULL`;

/** The phones under whose MAC address two serial numbers alternate. An index has the few phones with changes. */
export async function findSharedAddresses(db: Db, most: number): Promise<readonly DoubtfulPhone[]> {
  const rows = await db.$queryRaw`
    SELECT ${PHONE_COLUMNS} FROM "Device" device
    WHERE ${IS_SHARED_ADDRESS}
    ORDER BY device."lastSeenAt" DESC, device."id" LIMIT ${most}`;
  return phoneRows.parse(rows);
}

const serialRows = z.array(phoneRow.extend({ serialKey: z.string(), rows: z.number() }));

/** The serial numbers that several rows have, and some of these rows; those with the newest checks first. */
export async function findSharedSerials(db: Db, most: number): Promise<readonly SharedSerial[]> {
  const rows = await db.$queryRaw`
    WITH ${repeatedSerials}, shared AS MATERIALIZED (
      SELECT repeated."serialKey", listed."rows", listed."newestAt"
      FROM repeated CROSS JOIN LATERAL (${listedRows}) listed
      WHERE listed."rows" > 1
      ORDER BY listed."newestAt" DESC LIMIT ${most}
    )
    SELECT shared."serialKey", shared."rows", device.*
    FROM shared CROSS JOIN LATERAL (
      SELECT ${PHONE_COLUMNS} FROM "Device" device
      WHERE device."serialKey" = shared."serialKey" AND device."retiredAt" IS NULL
      ORDER BY device."lastSeenAt" DESC LIMIT ${MAX_SHOWN_ROWS}
    ) device
    ORDER BY shared."newestAt" DESC, shared."serialKey", device."lastSeenAt" DESC`;
  const parsed = serialRows.parse(rows);
  return [...Map.groupBy(parsed, ({ serialKey }) => serialKey)].map(([serialKey, same]) => ({
    serialKey,
    rows: same[0]?.rows ?? 0,
    phones: same,
  }));
}

/** Counts what `findSharedAddresses` and `findSharedSerials` find. */
export async function countConflictRows(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<[{ conflicts: bigint }]>`
    WITH ${repeatedSerials}
    SELECT (
      SELECT count(*) FROM repeated CROSS JOIN LATERAL (${listedRows}) listed WHERE listed."rows" > 1
    ) + (
      SELECT count(*) FROM "Device" device
      WHERE ${IS_SHARED_ADDRESS}
    ) AS "conflicts"`;
  return Number(row.conflicts);
}

/** Phones whose checks all lie within one hour, and that were silent since a time. */
function isGhost(silentBefore: Date): Prisma.Sql {
  return Prisma.sql`listed."lastSeenAt" < ${silentBefore}
    AND device."lastSeenAt" < device."firstSeenAt" + interval '1 hour'
    AND NOT EXISTS (
      SELECT FROM "TestDevice" test WHERE test."identifier" IN (device."macAddress", device."serialNumber")
    )`;
}

/** One page of ghosts, the newest first, and how many there are. The narrow rows find the silent phones. */
export async function findGhosts(
  db: Db,
  silentBefore: Date,
  window: { readonly skip: number; readonly take: number },
): Promise<{ readonly phones: readonly DoubtfulPhone[]; readonly total: number }> {
  const source = Prisma.sql`"ListedDevice" listed JOIN "Device" device ON device."id" = listed."deviceId"
    WHERE ${isGhost(silentBefore)}`;
  const [rows, [counted]] = await Promise.all([
    db.$queryRaw`
      SELECT ${PHONE_COLUMNS} FROM ${source}
      ORDER BY device."lastSeenAt" DESC, device."id" LIMIT ${window.take} OFFSET ${window.skip}`,
    db.$queryRaw<[{ total: bigint }]>`SELECT count(*) AS "total" FROM ${source}`,
  ]);
  return { phones: phoneRows.parse(rows), total: Number(counted.total) };
}

/** The ids of all ghosts, at most `most`. */
export async function findGhostIds(
  db: Db,
  silentBefore: Date,
  most: number,
): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT device."id"::text AS "id"
    FROM "ListedDevice" listed JOIN "Device" device ON device."id" = listed."deviceId"
    WHERE ${isGhost(silentBefore)} LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

const arrivalRows = z.array(
  z
    .object({
      side: z.enum(SIDES),
      network: z.string(),
      added: z.number(),
      leftOut: z.number(),
      brief: z.number(),
    })
    .transform(({ added, leftOut, ...rest }): NetworkArrivals => ({
      ...rest,
      counts: { phone_added: added, phone_left_out: leftOut },
    })),
);

const NETWORK_OF_DEVICE = Prisma.raw(NETWORK.replaceAll('"address"', 'device."address"'));

/** A phone of the inventory that was first seen in a period, and whose checks all lie within one hour. */
const IS_BRIEF_ARRIVAL = Prisma.sql`device."retiredAt" IS NULL
  AND device."lastSeenAt" < device."firstSeenAt" + interval '1 hour'`;

/** The networks with the most new phones since a time. */
export async function findNetworkArrivals(
  db: Db,
  since: Date,
  most: number,
): Promise<readonly NetworkArrivals[]> {
  const rows = await db.$queryRaw`
    WITH counted AS MATERIALIZED (
      SELECT "side", "network",
        coalesce(sum("count") FILTER (WHERE "kind" = 'phone_added'), 0)::int AS "added",
        coalesce(sum("count") FILTER (WHERE "kind" = 'phone_left_out'), 0)::int AS "leftOut"
      FROM "ArrivalCount" WHERE "since" > ${since} AND "kind" IN ('phone_added', 'phone_left_out')
      GROUP BY "side", "network" ORDER BY sum("count") DESC, "network" LIMIT ${most}
    ), brief AS MATERIALIZED (
      SELECT device."side", ${NETWORK_OF_DEVICE} AS "network", count(*)::int AS "phones"
      FROM "Device" device WHERE device."firstSeenAt" > ${since} AND ${IS_BRIEF_ARRIVAL}
      GROUP BY 1, 2
    )
    SELECT counted.*, coalesce(brief."phones", 0) AS "brief"
    FROM counted LEFT JOIN brief USING ("side", "network")
    ORDER BY counted."added" + counted."leftOut" DESC, counted."network"`;
  return arrivalRows.parse(rows);
}

/** The ids of the brief phones that were first seen from a network since a time, at most `most`. */
export async function findBriefArrivalIds(
  db: Db,
  {
    side,
    network,
    since,
  }: { readonly side: string; readonly network: string; readonly since: Date },
  most: number,
): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT device."id"::text AS "id" FROM "Device" device
    WHERE device."firstSeenAt" > ${since} AND device."side" = ${side} AND ${NETWORK_OF_DEVICE} = ${network}
      AND ${IS_BRIEF_ARRIVAL}
    LIMIT ${most}`;
  return rows.map(({ id }) => id);
}
