import { Prisma } from "#generated/client";
import { db } from "#foundation/platform/db/client";

/** Empties these tables and everything that refers to them; without a name, every table and the job queue. */
export async function emptyTables(...tables: readonly Prisma.ModelName[]): Promise<void> {
  const chosen = tables.length === 0 ? Object.values(Prisma.ModelName) : tables;
  const list = Prisma.raw(chosen.map((table) => `"${table}"`).join(", "));
  // TRUNCATE, because the append-only tables refuse DELETE.
  await db.$executeRaw`truncate table ${list} restart identity cascade`;
  if (tables.length === 0) {
    await db.$executeRaw`truncate table graphile_worker._private_jobs cascade`;
  }
}
