import "server-only";
import { Prisma } from "#generated/client";
import { isSearchable } from "#foundation/core/search-text";
import { siteKey } from "#fleet/sites/model";

/** Where phones are: their pool, and their site, which is that of the network of their address, else that of their pool. */

/** The names of pool and site, of a query with `joinPlaces`. */
export const PLACES = Prisma.sql`pool."fqdn" AS "poolFqdn", site."name" AS "siteName"`;

/** Joins the places of `device`. A phone that is not listed, because it is retired, is at the site of its pool. */
export const joinPlaces = joinPlacesOf(Prisma.sql`device."id"`, Prisma.sql`device."poolId"`);

/** The same for the ids of `phone`: the row of the inventory is read only of those that are not listed. */
export const joinPlacesById = joinPlacesOf(
  Prisma.sql`phone."id"`,
  Prisma.sql`CASE WHEN place."deviceId" IS NULL
    THEN (SELECT device."poolId" FROM "Device" device WHERE device."id" = phone."id") ELSE place."poolId" END`,
);

function joinPlacesOf(deviceId: Prisma.Sql, poolId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    LEFT JOIN "ListedDevice" place ON place."deviceId" = ${deviceId}
    LEFT JOIN "Pool" pool ON pool."id" = ${poolId}
    LEFT JOIN "SiteNetwork" network ON network."id" = place."networkId"
    LEFT JOIN "Site" site ON site."id" = coalesce(network."siteId", pool."siteId")`;
}

/** The id of the site of a row of `ListedDevice`; null if its phone is at no site. */
export const siteIdOfListed = Prisma.sql`coalesce(
  (SELECT network."siteId" FROM "SiteNetwork" network WHERE network."id" = listed."networkId"),
  (SELECT pool."siteId" FROM "Pool" pool WHERE pool."id" = listed."poolId")
)`;

/**
 * Whether a row of `ListedDevice` is at one of these sites. Each list of networks and pools is read once. A network that was
 * removed decides nothing, even before the job has matched its phones again.
 */
export function isAtSite(names: readonly string[]): Prisma.Sql {
  const keys = names.filter(isSearchable).map(siteKey);
  const sites = Prisma.sql`SELECT "id" FROM "Site" WHERE "nameKey" = ANY(${keys})`;
  return Prisma.sql`(
    listed."networkId" IN (SELECT "id" FROM "SiteNetwork" WHERE "siteId" IN (${sites}))
    OR (
      (listed."networkId" IS NULL OR listed."networkId" NOT IN (SELECT "id" FROM "SiteNetwork"))
      AND listed."poolId" IN (SELECT "id" FROM "Pool" WHERE "siteId" IN (${sites}))
    )
  )`;
}
