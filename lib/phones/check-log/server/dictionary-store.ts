import "server-only";
import { Prisma } from "#generated/client";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import type { Db } from "#foundation/platform/db/client";

/** The dictionaries that checks refer to. */
export const DICTIONARIES = ["Verdict", "CheckSender"] as const;
export type Dictionary = (typeof DICTIONARIES)[number];

/** The column of `StoredCheck` that refers to a dictionary. */
const COLUMNS = { Verdict: "verdictId", CheckSender: "senderId" } as const;

/** Up to `take` ids of a dictionary to which no check refers. Reads an index of the checks. */
export async function findUnreferenced(
  db: Db,
  dictionary: Dictionary,
  take: number,
): Promise<readonly number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT entry."id" FROM ${toName(dictionary)} entry
    WHERE ${isUnreferenced(dictionary)} ORDER BY entry."id" LIMIT ${take}`;
  return rows.map(({ id }) => id);
}

/** Deletes those of the rows to which there is still no reference, while no batch of checks is written. */
export async function deleteUnreferenced(
  tx: Db,
  dictionary: Dictionary,
  ids: readonly number[],
): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRANSACTION_LOCKS.dictionaries})`;
  return tx.$executeRaw`
    DELETE FROM ${toName(dictionary)} entry
    WHERE entry."id" = ANY(${[...ids]}::int[]) AND ${isUnreferenced(dictionary)}`;
}

function isUnreferenced(dictionary: Dictionary): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (
    SELECT FROM "StoredCheck" check_ WHERE check_.${toName(COLUMNS[dictionary])} = entry."id"
  )`;
}

function toName(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}
