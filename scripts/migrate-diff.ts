// `npm run migrate:diff -- <name>`: writes the migration that leads from prisma/migrations to prisma/schema.prisma.
//
// It compares two schemas: prisma/schema.prisma and the one that all migrations together lead to, a copy of which is kept
// in prisma/migrations. Comparing with a migrated database would propose to drop what Prisma cannot express and migrations
// add by hand: partitions, partial indexes, check constraints, triggers.
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { DiffTarget } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { openEmbedded } from "#foundation/platform/db/embedded";
import { migrationsDirectory } from "#foundation/platform/db/migrations-directory";
import { withSchemaEngine } from "#foundation/platform/db/schema-engine";

const SCHEMA_FILE = "prisma/schema.prisma";
const MIGRATED_SCHEMA_FILE = "prisma/migrations/schema.prisma";

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    "Give the migration a name in snake_case: npm run migrate:diff -- add_device_notes",
  );
  process.exit(2);
}
await writeMigration(name);

async function writeMigration(migrationName: string): Promise<void> {
  const script = await diff(
    await readFile(MIGRATED_SCHEMA_FILE, "utf8"),
    await readFile(SCHEMA_FILE, "utf8"),
  );
  if (script === null) {
    console.log("Nothing to do: the migrations already result in this schema.");
    return;
  }
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const target = join(migrationsDirectory(), `${stamp}_${migrationName}`);
  await mkdir(target);
  await writeFile(join(target, "migration.sql"), script);
  await copyFile(SCHEMA_FILE, MIGRATED_SCHEMA_FILE);
  console.log(`Wrote ${target}/migration.sql: read it before you commit it.`);
}

/** The engine compares two texts, but still requires a connected database. */
async function diff(before: string, after: string): Promise<string | null> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "ucupdates-migrate-"));
  const database = await openEmbedded({ dataDirectory, isThrowaway: true });
  try {
    return await withSchemaEngine(database.url, async (engine) => {
      const { exitCode, stdout } = await engine.diff({
        from: toTarget(before),
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
