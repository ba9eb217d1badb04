import "server-only";

import { z } from "zod";
import { BRAKE_MODES } from "#fleet/pools/brake";
import type { Pool } from "#fleet/pools/model";
import { siteKey } from "#fleet/sites/model";
import { AppError } from "#foundation/core/errors";
import type { Db } from "#foundation/platform/db/client";
import { isForeignKeyViolation, isUniqueViolation } from "#foundation/platform/db/faults";
import type { Prisma } from "#generated/client";

const brakeColumn = z.enum(BRAKE_MODES);

export type PoolFields = Omit<Pool, "id" | "siteName">;

const WITH_SITE = { site: true } as const;
type PoolRow = Prisma.PoolGetPayload<{ include: typeof WITH_SITE }>;

export async function findPools(db: Db): Promise<readonly Pool[]> {
  const rows = await db.pool.findMany({ include: WITH_SITE, orderBy: { fqdn: "asc" } });
  return rows.map(toPool);
}

export async function findPoolById(db: Db, id: string): Promise<Pool | null> {
  const row = await db.pool.findUnique({ where: { id }, include: WITH_SITE });
  return row && toPool(row);
}

/** Locks a pool until the transaction ends: changes of different fields follow each other. */
export async function lockPool(tx: Db, id: string): Promise<Pool | null> {
  await tx.$queryRaw`select 1 from "Pool" where "id" = ${id}::uuid for update`;
  return findPoolById(tx, id);
}

/** Finds the id of a site by name; creates the site if there is none. */
export async function requireSite(tx: Db, name: string): Promise<string> {
  const nameKey = siteKey(name);
  const site = await tx.site.upsert({
    where: { nameKey },
    create: { name, nameKey },
    update: {},
  });
  return site.id;
}

export async function insertPool(tx: Db, pool: PoolFields): Promise<Pool> {
  try {
    const row = await tx.pool.create({ data: toColumns(pool), include: WITH_SITE });
    return toPool(row);
  } catch (error) {
    throw asConflict(error, pool.fqdn);
  }
}

export async function updatePool(tx: Db, id: string, pool: PoolFields): Promise<void> {
  try {
    await tx.pool.update({ where: { id }, data: toColumns(pool) });
  } catch (error) {
    throw asConflict(error, pool.fqdn);
  }
}

/** Unsets the current default pool; the caller sets the new one in the same transaction. */
export async function clearDefault(tx: Db): Promise<void> {
  await tx.pool.updateMany({ where: { isDefault: true }, data: { isDefault: false } });
}

export async function deletePool(tx: Db, pool: Pick<Pool, "id" | "fqdn">): Promise<void> {
  try {
    await tx.pool.delete({ where: { id: pool.id } });
  } catch (error) {
    if (isForeignKeyViolation(error)) {
      throw new AppError("invalid_state", `${pool.fqdn} still has rules; remove those first.`, {
        cause: error,
      });
    }
    throw error;
  }
}

function toColumns(pool: PoolFields) {
  return {
    fqdn: pool.fqdn,
    siteId: pool.siteId,
    internalBaseUrl: pool.internalBaseUrl,
    externalBaseUrl: pool.externalBaseUrl,
    sipDomains: [...pool.sipDomains],
    isDefault: pool.isDefault,
    brake: pool.brake,
    brakePercent: pool.brakePercent,
    brakePhones: pool.brakePhones,
  };
}

function asConflict(error: unknown, fqdn: string): unknown {
  return isUniqueViolation(error)
    ? new AppError("conflict", `There is already a pool ${fqdn}.`, { cause: error })
    : error;
}

function toPool(row: PoolRow): Pool {
  return {
    id: row.id,
    fqdn: row.fqdn,
    siteId: row.siteId,
    siteName: row.site.name,
    internalBaseUrl: row.internalBaseUrl,
    externalBaseUrl: row.externalBaseUrl,
    sipDomains: row.sipDomains,
    isDefault: row.isDefault,
    brake: brakeColumn.parse(row.brake),
    brakePercent: row.brakePercent,
    brakePhones: row.brakePhones,
  };
}
