import "server-only";
import type { Db } from "#foundation/platform/db/client";

/** The last of the next `take` listed phones after an id; null if there are none. */
export async function findLastListed(
  db: Db,
  { after, take }: { readonly after: string; readonly take: number },
): Promise<string | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT "deviceId"::text AS "id" FROM (
      SELECT "deviceId" FROM "ListedDevice" WHERE "deviceId" > ${after}::uuid ORDER BY "deviceId" LIMIT ${take}
    ) batch ORDER BY batch."deviceId" DESC LIMIT 1`;
  return row?.id ?? null;
}

/**
 * Matches the phones of a range with the networks; returns how many have another one now. Only these are locked. A phone
 * whose address changes at this moment is read after its lock, with its new address, or matched by the trigger later.
 */
export async function matchPhonesWithin(
  tx: Db,
  { after, last }: { readonly after: string; readonly last: string },
): Promise<number> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT listed."deviceId"::text AS "id"
    FROM "ListedDevice" listed JOIN "Device" device ON device."id" = listed."deviceId"
    WHERE listed."deviceId" > ${after}::uuid AND listed."deviceId" <= ${last}::uuid
      AND listed."networkId" IS DISTINCT FROM site_network_of(device."address")`;
  if (found.length === 0) {
    return 0;
  }
  const ids = found.map(({ id }) => id);
  await tx.$queryRaw`
    SELECT "deviceId"::text FROM "ListedDevice" WHERE "deviceId" = ANY(${ids}::uuid[])
    ORDER BY "deviceId" FOR NO KEY UPDATE`;
  return tx.$executeRaw`
    UPDATE "ListedDevice" listed SET "networkId" = site_network_of(device."address")
    FROM "Device" device
    WHERE device."id" = listed."deviceId" AND listed."deviceId" = ANY(${ids}::uuid[])`;
}
