import "server-only";
import { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import type { Db } from "#foundation/platform/db/client";
import { isForeignKeyViolation, isUniqueViolation } from "#foundation/platform/db/faults";
import { addJob } from "#foundation/platform/jobs";
import type { PhonesAtAddress } from "#fleet/sites/predict-networks";
import type { SiteName, SiteNetwork } from "#fleet/sites/model";
import { siteKey } from "#fleet/sites/model";

/** The name of the task that matches phones with the networks of sites. */
export const MATCH_PHONES_TASK = "match phones with networks";

/**
 * Waits until no phone is matched, and lets none be matched before the transaction ends. A job matches the phones again
 * after it.
 */
export async function lockNetworks(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRANSACTION_LOCKS.siteNetworks})`;
  await addJob(tx, {
    name: MATCH_PHONES_TASK,
    payload: {},
    options: { jobKey: MATCH_PHONES_TASK },
  });
}

export async function findSiteNames(db: Db): Promise<readonly SiteName[]> {
  return db.site.findMany({ select: { id: true, name: true }, orderBy: { nameKey: "asc" } });
}

export async function findSiteById(db: Db, id: string): Promise<SiteName | null> {
  return db.site.findUnique({ where: { id }, select: { id: true, name: true } });
}

const networkRows = z.array(z.object({ id: z.number(), network: z.string(), siteId: z.string() }));

/** All networks: IPv4 before IPv6, by address. */
export async function findNetworks(db: Db): Promise<readonly SiteNetwork[]> {
  // `text(inet)` has the prefix length of a single address too, unlike a cast.
  const rows = await db.$queryRaw`
    SELECT "id", text("network") AS "network", "siteId"::text FROM "SiteNetwork" ORDER BY "network"`;
  return networkRows.parse(rows);
}

const siteRows = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    pools: z.array(z.object({ fqdn: z.string() })),
    logSettings: z.object({ scopeKey: z.string() }).nullable(),
    _count: z.object({ testDevices: z.number() }),
  }),
);

export async function findSitesWithPools(db: Db): Promise<z.output<typeof siteRows>> {
  const rows = await db.site.findMany({
    select: {
      id: true,
      name: true,
      pools: { select: { fqdn: true }, orderBy: { fqdn: "asc" } },
      logSettings: { select: { scopeKey: true } },
      _count: { select: { testDevices: true } },
    },
    orderBy: { nameKey: "asc" },
  });
  return siteRows.parse(rows);
}

const phoneCounts = z.array(
  z.object({
    siteId: z.string().nullable(),
    networkId: z.number().nullable(),
    phones: z.bigint().transform(Number),
  }),
);

/** The listed phones by site and by the network that decided it; null: the site of the pool. */
export async function countPhonesBySite(db: Db): Promise<z.output<typeof phoneCounts>> {
  const rows = await db.$queryRaw`
    SELECT coalesce(network."siteId", pool."siteId")::text AS "siteId", network."id" AS "networkId",
      sum(counted."phones")::bigint AS "phones"
    FROM (
      SELECT "networkId", "poolId", count(*) AS "phones" FROM "ListedDevice" GROUP BY "networkId", "poolId"
    ) counted
    LEFT JOIN "SiteNetwork" network ON network."id" = counted."networkId"
    LEFT JOIN "Pool" pool ON pool."id" = counted."poolId"
    GROUP BY 1, 2`;
  return phoneCounts.parse(rows);
}

const addressRows = z.array(
  z.object({
    address: z.string(),
    poolSite: z.string().nullable(),
    phones: z.bigint().transform(Number),
  }),
);

/** The listed phones by their last address and the site of their pool. */
export async function countPhonesByAddress(db: Db): Promise<readonly PhonesAtAddress[]> {
  const rows = await db.$queryRaw`
    SELECT device."address", site."name" AS "poolSite", count(*) AS "phones"
    FROM "ListedDevice" listed
    JOIN "Device" device ON device."id" = listed."deviceId"
    LEFT JOIN "Pool" pool ON pool."id" = listed."poolId"
    LEFT JOIN "Site" site ON site."id" = pool."siteId"
    GROUP BY 1, 2`;
  return addressRows.parse(rows);
}

export async function insertSite(tx: Db, name: string): Promise<SiteName> {
  try {
    return await tx.site.create({
      data: { name, nameKey: siteKey(name) },
      select: { id: true, name: true },
    });
  } catch (error) {
    throw asConflict(error, name);
  }
}

export async function updateSiteName(tx: Db, id: string, name: string): Promise<void> {
  try {
    await tx.site.update({ where: { id }, data: { name, nameKey: siteKey(name) } });
  } catch (error) {
    throw asConflict(error, name);
  }
}

/** Deletes a site with its networks and log settings. Throws `invalid_state` if pools or test devices are at it. */
export async function deleteSite(tx: Db, { id, name }: SiteName): Promise<void> {
  try {
    await tx.site.delete({ where: { id } });
  } catch (error) {
    if (isForeignKeyViolation(error)) {
      throw new AppError(
        "invalid_state",
        `${name} still has pools or test devices; move or remove those first.`,
        { cause: error },
      );
    }
    throw error;
  }
}

type NewNetwork = Pick<SiteNetwork, "network" | "siteId">;

/** Adds networks, or gives them another site. */
export async function putNetworks(
  tx: Db,
  networks: readonly NewNetwork[],
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<void> {
  const texts = networks.map(({ network }) => network);
  const sites = networks.map(({ siteId }) => siteId);
  await tx.$executeRaw`
    INSERT INTO "SiteNetwork" ("network", "siteId", "createdAt", "createdBy")
    SELECT "network"::inet, "siteId", ${at}, ${by}
    FROM unnest(${texts}::text[], ${sites}::uuid[]) AS entry ("network", "siteId")
    ON CONFLICT ("network") DO UPDATE SET "siteId" = excluded."siteId"`;
}

export async function deleteNetworks(tx: Db, ids: readonly number[]): Promise<void> {
  await tx.siteNetwork.deleteMany({ where: { id: { in: [...ids] } } });
}

function asConflict(error: unknown, name: string): unknown {
  return isUniqueViolation(error)
    ? new AppError("conflict", `There is already a site ${name}.`, { cause: error })
    : error;
}
