import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { Db } from "#foundation/platform/db/client";

/** Test devices are never retired by age: an administrator registered them. */
const IS_TEST_DEVICE = Prisma.sql`EXISTS (
  SELECT FROM "TestDevice" test JOIN "Device" device ON device."id" = listed."deviceId"
  WHERE test."identifierType" = 'MACAddress' AND test."identifier" = device."macAddress"
    OR test."identifierType" = 'SerialNumber' AND lower(test."identifier") = lower(device."serialNumber")
)`;

function isSilent(before: Date): Prisma.Sql {
  return Prisma.sql`listed."lastSeenAt" < ${before} AND NOT ${IS_TEST_DEVICE}`;
}

/** Counts the phones that have not checked since a time, and all phones. */
export async function countSilent(
  db: Db,
  before: Date,
): Promise<{ readonly phones: number; readonly total: number }> {
  const [row] = await db.$queryRaw<[{ phones: bigint; total: bigint }]>`
    SELECT count(*) FILTER (WHERE ${isSilent(before)}) AS "phones", count(*) AS "total"
    FROM "ListedDevice" listed`;
  return { phones: Number(row.phones), total: Number(row.total) };
}

const silentRows = z.array(
  z.object({
    id: z.string(),
    model: z.string(),
    macAddress: z.string().nullable(),
    serialNumber: z.string().nullable(),
    lastSeenAt: z.date(),
  }),
);
type SilentPhone = z.output<typeof silentRows>[number];

/** Phones that have not checked since a time, those that were silent for the longest time first. */
export async function findSilent(
  db: Db,
  before: Date,
  most: number,
): Promise<readonly SilentPhone[]> {
  const rows = await db.$queryRaw`
    WITH silent AS MATERIALIZED (
      SELECT listed."deviceId", listed."lastSeenAt" FROM "ListedDevice" listed WHERE ${isSilent(before)}
      ORDER BY listed."lastSeenAt", listed."deviceId" LIMIT ${most}
    )
    SELECT device."id"::text, device."model", device."macAddress", device."serialNumber", silent."lastSeenAt"
    FROM silent JOIN "Device" device ON device."id" = silent."deviceId"
    ORDER BY silent."lastSeenAt", device."id"`;
  return silentRows.parse(rows);
}

/** Locks phones that are still silent; returns their ids. Rows that a batch of checks has locked are left out. */
export async function lockSilent(
  tx: Db,
  ids: readonly string[],
  before: Date,
): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text FROM "Device"
    WHERE "id" = ANY(${[...ids]}::uuid[]) AND "retiredAt" IS NULL AND "lastSeenAt" < ${before}
    ORDER BY "deviceKey" FOR NO KEY UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}
