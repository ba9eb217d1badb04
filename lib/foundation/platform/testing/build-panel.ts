import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import pg from "pg";
import { expect, inject } from "vitest";

/** A key that no other advisory lock of the database uses. */
const BUILD_LOCK = 4_262_626;

/** Builds the panel unless it is up to date. Test processes that need it at the same time wait for the first one. */
export async function buildPanel(): Promise<void> {
  const [database] = inject("databases");
  const client = new pg.Client({ connectionString: database?.url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [BUILD_LOCK]);
    const build = spawn(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
    await once(build, "exit");
    expect(build.exitCode).toBe(0);
  } finally {
    await client.end();
  }
}
