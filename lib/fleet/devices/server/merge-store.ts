import "server-only";
import { z } from "zod";
import type { NamedPhone } from "#fleet/devices/audit-facts";
import { toHardware } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";
import { hardwareSchema } from "#foundation/core/hardware-schema";
import type { Db } from "#foundation/platform/db/client";

/** A row of the inventory with everything that a merge depends on. */
export type MergeableDevice = NamedPhone & {
  readonly deviceKey: string;
  readonly hardware: Hardware;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

const rows = z.array(
  z
    .object({
      id: z.string(),
      deviceKey: z.string(),
      macAddress: z.string().nullable(),
      serialNumber: z.string().nullable(),
      firstSeenAt: z.date(),
      lastSeenAt: z.date(),
      ...hardwareSchema.shape,
    })
    .transform((row): MergeableDevice => ({
      id: row.id,
      deviceKey: row.deviceKey,
      model: row.model,
      macAddress: row.macAddress,
      serialNumber: row.serialNumber,
      hardware: toHardware(row),
      firstSeenAt: row.firstSeenAt,
      lastSeenAt: row.lastSeenAt,
    })),
);

export async function findMergeableDevices(
  db: Db,
  ids: readonly string[],
): Promise<readonly MergeableDevice[]> {
  return rows.parse(
    await db.$queryRaw`
      SELECT "id"::text, "deviceKey", "macAddress", "serialNumber", "firstSeenAt", "lastSeenAt",
        "deviceType", "brand", "model", "revision", "locale"
      FROM "Device" WHERE "id" = ANY(${[...ids]}::uuid[])`,
  );
}

/**
 * Keeps batches of checks from taking rows over, and locks the two rows: a batch that writes one of them waits until the
 * transaction ends. The same order as for checks prevents deadlocks.
 */
export async function lockMergeableDevices(
  tx: Db,
  ids: readonly string[],
): Promise<readonly MergeableDevice[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('device takeover'))`;
  await tx.$queryRaw`
    SELECT FROM "Device" WHERE "id" = ANY(${[...ids]}::uuid[]) ORDER BY "deviceKey" FOR UPDATE`;
  return findMergeableDevices(tx, ids);
}

type MergedEvent = {
  readonly at: Date;
  readonly actorName: string;
  readonly reason: string;
  readonly mergedFrom: string;
};

/**
 * Adds the facts and the history of one row to the other, and deletes it. If both have facts about an update, the row
 * that checked last counts, as when a row is taken over. Triggers keep suspended offers and lists consistent.
 */
export async function mergeDevices(
  tx: Db,
  { keptId, mergedId }: { readonly keptId: string; readonly mergedId: string },
  { at, actorName, reason, mergedFrom }: MergedEvent,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "DeviceEvent" SET "deviceId" = ${keptId}::uuid WHERE "deviceId" = ${mergedId}::uuid`;
  await tx.$executeRaw`
    WITH old AS (DELETE FROM "Device" WHERE "id" = ${mergedId}::uuid RETURNING *)
    UPDATE "Device" known SET
      "firstSeenAt" = least(known."firstSeenAt", old."firstSeenAt"),
      "progress" = CASE WHEN old."lastSeenAt" > known."lastSeenAt"
        THEN known."progress" || old."progress" ELSE old."progress" || known."progress" END,
      "previousVersion" = CASE WHEN known."updatedAt" >= old."updatedAt" OR old."updatedAt" IS NULL
        THEN known."previousVersion" ELSE old."previousVersion" END,
      "updatedAt" = greatest(known."updatedAt", old."updatedAt"),
      "serialNumber" = coalesce(known."serialNumber", old."serialNumber"),
      "serialKey" = coalesce(known."serialKey", old."serialKey"),
      "userName" = coalesce(known."userName", old."userName")
    FROM old WHERE known."id" = ${keptId}::uuid`;
  await tx.$executeRaw`
    INSERT INTO "DeviceEvent" ("deviceId", "at", "kind", "actorName", "reason", "facts")
    VALUES (${keptId}::uuid, ${at}, 'merged', ${actorName}, ${reason}, jsonb_build_object('mergedFrom', ${mergedFrom}::text))`;
}
