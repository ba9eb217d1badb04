import "server-only";
import type { Db } from "#foundation/platform/db/client";
import { containing } from "#foundation/platform/db/text-filter";
import type { KnownHome, UserHome } from "#phones/home-pools/model";
import type { UserHomeSearch } from "#phones/home-pools/search-params";
import type { Prisma } from "#generated/client";

const WITH_POOL = { pool: { select: { fqdn: true } } } as const;
type UserHomeRow = Prisma.UserHomeGetPayload<{ include: typeof WITH_POOL }>;

/** The homes of all users, in the form that processes keep in memory. */
export async function findKnownHomes(db: Db): Promise<ReadonlyMap<string, KnownHome>> {
  const rows = await db.userHome.findMany({
    select: { sipAddress: true, poolId: true, userName: true },
  });
  return new Map(
    rows.map(({ sipAddress, poolId, userName }) => [sipAddress, { poolId, userName }]),
  );
}

export async function findUserHome(db: Db, sipAddress: string): Promise<UserHome | null> {
  const row = await db.userHome.findUnique({ where: { sipAddress }, include: WITH_POOL });
  return row && toUserHome(row);
}

export async function findUserHomes(
  db: Db,
  sipAddresses: readonly string[],
): Promise<readonly UserHome[]> {
  const rows = await db.userHome.findMany({
    where: { sipAddress: { in: [...sipAddresses] } },
    include: WITH_POOL,
    orderBy: { sipAddress: "asc" },
  });
  return rows.map(toUserHome);
}

export async function putUserHome(
  tx: Db,
  { sipAddress, poolId, userName, updatedAt, updatedBy }: Omit<UserHome, "poolFqdn">,
): Promise<void> {
  const changed = { poolId, userName, updatedAt, updatedBy };
  await tx.userHome.upsert({
    where: { sipAddress },
    create: { sipAddress, ...changed },
    update: changed,
  });
}

export async function deleteUserHomes(tx: Db, sipAddresses: readonly string[]): Promise<void> {
  await tx.userHome.deleteMany({ where: { sipAddress: { in: [...sipAddresses] } } });
}

/** One page of homes and the total. */
export async function searchUserHomes(
  db: Db,
  { q, sort, order }: UserHomeSearch,
  window: { readonly skip: number; readonly take: number },
): Promise<{ readonly userHomes: readonly UserHome[]; readonly total: number }> {
  const text = q.trim();
  const contains = containing(text);
  const where: Prisma.UserHomeWhereInput =
    text === ""
      ? {}
      : { OR: [{ sipAddress: contains }, { userName: contains }, { pool: { fqdn: contains } }] };
  const [rows, total] = await Promise.all([
    db.userHome.findMany({
      where,
      include: WITH_POOL,
      orderBy: [
        sort === "pool" ? { pool: { fqdn: order } } : { [sort]: order },
        { sipAddress: "asc" },
      ],
      skip: window.skip,
      take: window.take,
    }),
    db.userHome.count({ where }),
  ]);
  return { userHomes: rows.map(toUserHome), total };
}

function toUserHome(row: UserHomeRow): UserHome {
  return {
    sipAddress: row.sipAddress,
    poolId: row.poolId,
    poolFqdn: row.pool.fqdn,
    userName: row.userName,
    updatedAt: row.updatedAt,
    updatedBy: row.updatedBy,
  };
}
