// `npm run migrate:diff -- <name>`: writes the migration that leads from prisma/migrations to prisma/schema.prisma.
//
// Beside every migration stands the schema it leads to, and two schemas are compared: what was added to a migration by
// hand because Prisma has no words for it (partitions, partial indexes, checks, triggers) is never proposed to be dropped.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { DiffTarget } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { openEmbedded } from "#foundation/platform/db/embedded";
import { migrationsDirectory, readMigrations } from "#foundation/platform/db/migrations-directory";
import { withSchemaEngine } from "#foundation/platform/db/schema-engine";

const SNAPSHOT_NAME = "schema.prisma";
const SCHEMA_FILE = "prisma/schema.prisma";
const LOCK_FILE_CONTENT = '# Read by Prisma.\nprovider = "postgresql"\n';

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    "Give the migration a name in snake_case: npm run migrate:diff -- add_device_notes",
  );
  process.exit(2);
}
await writeMigration(name);

async function writeMigration(migrationName: string): Promise<void> {
  const directory = migrationsDirectory();
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "migration_lock.toml"), LOCK_FILE_CONTENT);

  const schema = await readFile(SCHEMA_FILE, "utf8");
  const script = await diff(await lastSchema(directory), schema);
  if (script === null) {
    console.log("Nothing to do: the last migration leads to this schema.");
    return;
  }
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const target = join(directory, `${stamp}_${migrationName}`);
  await mkdir(target);
  await writeFile(join(target, "migration.sql"), script);
  await writeFile(join(target, SNAPSHOT_NAME), schema);
  console.log(`Wrote ${target}/migration.sql: read it before you commit it.`);
}

async function lastSchema(directory: string): Promise<string | null> {
  const last = (await readMigrations(directory)).migrationDirectories.at(-1);
  return last === undefined ? null : readFile(join(directory, last.path, SNAPSHOT_NAME), "utf8");
}

/** The engine compares two texts, but wants a database to be connected to all the same. */
async function diff(before: string | null, after: string): Promise<string | null> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "ucupdates-migrate-"));
  const database = await openEmbedded({ dataDirectory, isThrowaway: true });
  try {
    return await withSchemaEngine(database.url, async (engine) => {
      const { exitCode, stdout } = await engine.diff({
        from: before === null ? { tag: "empty" } : toTarget(before),
        to: toTarget(after),
        script: true,
        exitCode: true,
        filters: { externalTables: [], externalEnums: [] },
      });
      return exitCode === 2 ? stdout : null;
    });
  } finally {
    await database.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

function toTarget(content: string): DiffTarget {
  return { tag: "schemaDatamodel", files: [{ path: SCHEMA_FILE, content }] };
}
