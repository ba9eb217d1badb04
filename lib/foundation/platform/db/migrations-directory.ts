import "server-only";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";

const LOCK_FILE = "migration_lock.toml";

/** Relative to the working directory: every program of this project starts in the project's directory. */
export function migrationsDirectory(): string {
  return join(process.cwd(), "prisma", "migrations");
}

/** The migrations, oldest first, in the form that the schema engine expects. */
export async function readMigrations(baseDir: string): Promise<MigrationList> {
  const names = (await readdir(baseDir, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return {
    baseDir,
    lockfile: { path: LOCK_FILE, content: await readFile(join(baseDir, LOCK_FILE), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: await readFile(join(baseDir, name, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}
