import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import { installedModules } from "#fleet/devices/columns";
import type { CountedContent, MarkedPhone, PoolContent, PoolKind } from "#fleet/devices/kind";
import { assignKindsWithin } from "#fleet/devices/server/kind-sql";
import { toHardware } from "#foundation/core/hardware";
import { hardwareSchema } from "#foundation/core/hardware-schema";
import type { IdRange } from "#fleet/devices/server/kind-sql";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import type { BulkTransaction } from "#foundation/platform/db/bulk";
import type { Db } from "#foundation/platform/db/client";
import { isListed } from "#foundation/platform/db/listed-filter";

const IS_LISTED = isListed(Prisma.sql`device`);

/** Finds a row unless another process does the same at the moment. */
const LOCK = `SELECT WHERE pg_try_advisory_xact_lock(hashtext('phone kinds'))`;

/** A batch of checks stores its kinds before it commits, and the clocks of hosts differ. */
const MIN_UNREFERENCED_HOURS = 24;

/** Gives the phones without a kind in a range their kinds. Phones whose kind is beyond the limits stay without. */
export async function assignKinds(tx: BulkTransaction, range: IdRange): Promise<void> {
  if ((await tx.run(LOCK)) > 0) {
    await tx.run(assignKindsWithin(range));
  }
}

/** The next `take` phones whose ids are greater than `after`, a UUID. */
type BatchOfPhones = { readonly after: string; readonly take: number };

/** The last of the first `take` phones without a kind after an id; null if there are none. */
export async function findLastWithoutKind(
  db: Db,
  { after, take }: BatchOfPhones,
): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>(toBatchWithoutKind({ after, take }));
  return rows.at(-1)?.id ?? null;
}

/** Ordered by the column itself: an order by the text, which has the same name, would sort all phones for each batch. */
export function toBatchWithoutKind({ after, take }: BatchOfPhones): Prisma.Sql {
  return Prisma.sql`
    SELECT device."id"::text AS "id" FROM "Device" device
    WHERE device."kindId" IS NULL AND device."id" > ${after}::uuid
    ORDER BY device."id" LIMIT ${take}`;
}

/**
 * Deletes kinds that no phone and no verdict refers to, while no batch of checks is written; returns their number. If a phone reports such a kind at this moment, the
 * foreign key takes the kind from the phone, and the next check or the hourly job gives it a new one.
 */
export async function deleteUnreferencedKinds(tx: Db): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRANSACTION_LOCKS.dictionaries})`;
  return tx.$executeRaw`
    DELETE FROM "PhoneKind" kind
    WHERE "createdAt" < now() - make_interval(hours => ${MIN_UNREFERENCED_HOURS})
      AND NOT EXISTS (SELECT FROM "Device" WHERE "kindId" = kind."id")
      AND NOT EXISTS (SELECT FROM "Verdict" WHERE "kindId" = kind."id")`;
}

const poolKindRow = z
  .object({
    poolId: z.string(),
    kindId: z.number(),
    installed: installedModules,
    ...hardwareSchema.shape,
  })
  .transform(({ poolId, kindId, installed, ...hardware }) => ({
    poolId,
    kindId,
    installed,
    hardware: toHardware(hardware),
  }));

/** The kinds that occur in each pool. Reads one entry of an index for each kind, not one for each phone. */
export async function findPoolKinds(db: Db): Promise<readonly PoolKind[]> {
  const rows = await db.$queryRaw`
    WITH RECURSIVE pair AS (
      (
        SELECT "kindId", "poolId" FROM "ListedDevice" WHERE "kindId" IS NOT NULL AND "poolId" IS NOT NULL
        ORDER BY "kindId", "poolId" LIMIT 1
      )
      UNION ALL
      SELECT next."kindId", next."poolId" FROM pair CROSS JOIN LATERAL (
        SELECT "kindId", "poolId" FROM "ListedDevice"
        WHERE ("kindId", "poolId") > (pair."kindId", pair."poolId") AND "poolId" IS NOT NULL
        ORDER BY "kindId", "poolId" LIMIT 1
      ) next
    )
    SELECT pair."poolId"::text, kind.*, kind."id" AS "kindId"
    FROM pair JOIN "PhoneKind" kind ON kind."id" = pair."kindId"`;
  return z.array(poolKindRow).parse(rows);
}

/** The kinds with a hardware key, whether or not a phone reports them now. */
export async function findKindsOf(
  db: Db,
  hardwareKey: string,
): Promise<readonly { readonly kindId: number; readonly installed: PoolKind["installed"] }[]> {
  const rows = await db.phoneKind.findMany({
    where: { hardwareKey },
    select: { id: true, installed: true },
  });
  return rows.map(({ id, installed }) => ({
    kindId: id,
    installed: installedModules.parse(installed),
  }));
}

const contentRow = z
  .object({ poolId: z.string(), installed: installedModules, ...hardwareSchema.shape })
  .transform(({ poolId, installed, ...hardware }) => ({
    poolId,
    installed,
    hardware: toHardware(hardware),
  }));

/** What the phones without a kind that have one of these hardware keys report: each content in each pool once. */
export async function findContentWithoutKind(
  db: Db,
  hardwareKeys: readonly string[],
): Promise<readonly PoolContent[]> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT ON ("poolId", "hardwareKey", "installed")
      "poolId"::text, "installed", "deviceType", "brand", "model", "revision", "locale"
    FROM "Device" device
    WHERE "kindId" IS NULL AND "poolId" IS NOT NULL AND "hardwareKey" = ANY(${[...hardwareKeys]}) AND ${IS_LISTED}`;
  return z.array(contentRow).parse(rows);
}

const countedRow = z
  .object({
    poolId: z.string(),
    installed: installedModules,
    phones: z.bigint().transform(Number),
    ...hardwareSchema.shape,
  })
  .transform(({ poolId, installed, phones, ...hardware }) => ({
    poolId,
    installed,
    phones,
    hardware: toHardware(hardware),
  }));

/** Counts the phones of the kinds with these hardware keys in each pool, from an index; then the phones without a kind. */
export async function countContents(
  db: Db,
  hardwareKeys: readonly string[],
): Promise<readonly CountedContent[]> {
  const keys = [...hardwareKeys];
  const rows = await db.$queryRaw`
    SELECT counted."poolId"::text, counted."phones", kind."installed",
      kind."deviceType", kind."brand", kind."model", kind."revision", kind."locale"
    FROM (
      SELECT "poolId", "kindId", count(*) AS "phones" FROM "ListedDevice"
      WHERE "poolId" IS NOT NULL
        AND "kindId" = ANY(ARRAY(SELECT "id" FROM "PhoneKind" WHERE "hardwareKey" = ANY(${keys})))
      GROUP BY "poolId", "kindId"
    ) counted JOIN "PhoneKind" kind ON kind."id" = counted."kindId"
    UNION ALL
    SELECT "poolId"::text, count(*), "installed",
      min("deviceType"), min("brand"), min("model"), min("revision"), min("locale")
    FROM "Device" device
    WHERE "kindId" IS NULL AND "poolId" IS NOT NULL AND "hardwareKey" = ANY(${keys}) AND ${IS_LISTED}
    GROUP BY "poolId", "hardwareKey", "installed"`;
  return z.array(countedRow).parse(rows);
}

/** Identifiers of phones. Serial numbers are in lower case. */
export type PhoneIdentifiers = {
  readonly macAddresses: readonly string[];
  readonly serialNumbers: readonly string[];
  readonly deviceKeys: readonly string[];
};

const factsRow = z
  .object({
    id: z.string(),
    poolId: z.string().nullable(),
    macAddress: z.string().nullable(),
    serialNumber: z.string().nullable(),
    address: z.string(),
    installed: installedModules,
    version: z.string().nullable(),
    ...hardwareSchema.shape,
  })
  .transform(
    ({ id, poolId, macAddress, serialNumber, address, installed, version, ...hardware }) => ({
      id,
      poolId,
      macAddress,
      serialNumber,
      address,
      installed,
      version,
      hardware: toHardware(hardware),
    }),
  );

/** Finds the phones with one of the marks that are not retired, each once. */
export async function findPhonesByMark(
  db: Db,
  { macAddresses, serialNumbers, deviceKeys }: PhoneIdentifiers,
): Promise<readonly MarkedPhone[]> {
  const rows = await db.$queryRaw`
    SELECT "id"::text, "poolId"::text, "macAddress", "serialNumber", "address", "installed", "version",
      "deviceType", "brand", "model", "revision", "locale"
    FROM "Device" device WHERE ${IS_LISTED} AND "id" IN (
      SELECT "id" FROM "Device" WHERE "macAddress" = ANY(${[...macAddresses]})
      UNION SELECT "id" FROM "Device" WHERE lower("serialNumber") = ANY(${[...serialNumbers]})
      UNION SELECT "id" FROM "Device" WHERE "deviceKey" = ANY(${[...deviceKeys]})
    )`;
  return z.array(factsRow).parse(rows);
}
