import "server-only";
import type pg from "pg";
import { AppError } from "#foundation/core/errors";
import { quoteName, readCatalog } from "#foundation/platform/db/dump/catalog";

/** Throws if a server uses the database, or if it has rows and they are not to be replaced. */
export async function requireRestorable(client: pg.Client, isReplacing: boolean): Promise<void> {
  const { rows: servers } = await client.query(
    `select from pg_stat_activity
      where datname = current_database() and application_name = 'ucupdates server' limit 1`,
  );
  if (servers.length > 0) {
    throw new AppError(
      "invalid_state",
      "A ucupdates server uses this database: stop it on every host, then restore.",
    );
  }
  if (!isReplacing && (await hasRows(client))) {
    throw new AppError(
      "invalid_state",
      "The database is not empty: restore into another DATA_DIRECTORY or DATABASE_URL, or replace everything in it with --replace.",
    );
  }
}

async function hasRows(client: pg.Client): Promise<boolean> {
  const { tables } = await readCatalog(client);
  for (const { name } of tables) {
    if (name !== "_prisma_migrations") {
      const { rows } = await client.query(`select from ${quoteName(name)} limit 1`);
      if (rows.length > 0) {
        return true;
      }
    }
  }
  return false;
}
