import "server-only";
import { joinPlaces } from "#fleet/devices/server/place-sql";
import type { Db } from "#foundation/platform/db/client";

/** The name of the site of each of these phones, by its id; without those that are at no site. */
export async function findSitesOfDevices(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ id: string; siteName: string }[]>`
    SELECT device."id"::text AS "id", site."name" AS "siteName"
    FROM "Device" device ${joinPlaces}
    WHERE device."id" = ANY(${[...ids]}::uuid[]) AND site."id" IS NOT NULL`;
  return new Map(rows.map(({ id, siteName }) => [id, siteName] as const));
}
