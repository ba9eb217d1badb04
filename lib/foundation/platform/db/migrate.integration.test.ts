import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { migrationsDirectory } from "#foundation/platform/db/migrations-directory";
import { NEWEST_QUEUE_MIGRATION } from "#foundation/platform/jobs";

const NAME = "migrate_test";
let url: string;
let admin: pg.Client;
let directory: string;

beforeEach(async () => {
  admin = new pg.Client({ connectionString: databaseUrl() });
  await admin.connect();
  await admin.query(`create database ${NAME}`);
  url = databaseUrl().replace(/\/[^/]*$/, `/${NAME}`);
  directory = await mkdtemp(join(tmpdir(), "ucupdates-migrations-"));
  await cp(migrationsDirectory(), directory, { recursive: true });
});

afterEach(async () => {
  await admin.query(`drop database ${NAME} with (force)`);
  await admin.end();
  await rm(directory, { recursive: true });
});

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name));
  await writeFile(join(directory, name, "migration.sql"), sql);
}

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("applies every migration once, and none the second time", async () => {
  const first = await migrateDatabase(url);
  const second = await migrateDatabase(url);

  expect(first.length).toBeGreaterThan(0);
  expect(second).toEqual([]);
});

test("records migrations in Prisma's table", async () => {
  const applied = await migrateDatabase(url);

  const rows = await query<{ migration_name: string }>(
    "select migration_name from _prisma_migrations where finished_at is not null order by 1",
  );
  expect(rows.map((row) => row.migration_name)).toEqual(applied);
});

test("applies only new migrations", async () => {
  await migrateDatabase(url, { directory });
  await addMigration("99990101000000_later", "create table later (id int)");

  expect(await migrateDatabase(url, { directory })).toEqual(["99990101000000_later"]);
});

test("NEWEST_QUEUE_MIGRATION is the newest migration of the queue's package", async () => {
  await migrateDatabase(url);

  expect(await query("select max(id) as newest from graphile_worker.migrations")).toEqual([
    { newest: NEWEST_QUEUE_MIGRATION },
  ]);
});

test("creates the queue's tables even if no other migration is left", async () => {
  await migrateDatabase(url);
  await query("drop schema graphile_worker cascade");

  await migrateDatabase(url);

  expect(await query("select count(*)::int as jobs from graphile_worker.jobs")).toEqual([
    { jobs: 0 },
  ]);
});

test("a second process waits for the first one and applies nothing", async () => {
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  // Blocks both, so that they really wait for each other.
  await holder.query("select pg_advisory_lock($1, $2)", [0x75_63_75_70, 3]);
  const both = [migrateDatabase(url), migrateDatabase(url)];
  await expect
    .poll(
      async () =>
        (
          await query<{ n: number }>(
            `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
             and database = (select oid from pg_database where datname = current_database())`,
          )
        )[0]?.n,
    )
    .toBe(2);

  await holder.end();

  const applied = await Promise.all(both);
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
});

test("refuses a database of a newer version", async () => {
  await addMigration("99990101000000_later", "create table later (id int)");
  await migrateDatabase(url, { directory });

  await expect(migrateDatabase(url)).rejects.toThrow(
    "newer version (it has the migration 99990101000000_later)",
  );
});

test("names a failed migration, and refuses the next start", async () => {
  await migrateDatabase(url, { directory });
  await addMigration("99990101000000_broken", "create table site (; nonsense");

  await expect(migrateDatabase(url, { directory })).rejects.toThrow("99990101000000_broken");
  await expect(migrateDatabase(url, { directory })).rejects.toThrow("99990101000000_broken");
});
