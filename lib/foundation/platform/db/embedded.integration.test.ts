import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isProcessAlive } from "#foundation/platform/process-alive";
import { openEmbedded } from "#foundation/platform/db/embedded";
import type { EmbeddedDatabase } from "#foundation/platform/db/embedded";
import {
  embeddedPaths,
  readPostmaster,
  urlOfRunningEmbedded,
} from "#foundation/platform/db/embedded-paths";

let dataDirectory: string;
let opened: EmbeddedDatabase[];

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "ucupdates-embedded-"));
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map(({ close }) => close()));
  // A PostgreSQL that was killed may still have processes, which write.
  await rm(dataDirectory, { recursive: true, force: true, maxRetries: 10 });
});

async function open(): Promise<EmbeddedDatabase> {
  const database = await openEmbedded({ dataDirectory, isThrowaway: true });
  opened.push(database);
  return database;
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ value: unknown }>(sql);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
}

function pidOfPostgres(): number {
  const postmaster = readPostmaster(embeddedPaths(dataDirectory));
  if (postmaster === null) {
    throw new Error("PostgreSQL does not run");
  }
  return postmaster.pid;
}

test("says what to do if a file has the name of the data directory", async () => {
  const file = join(dataDirectory, "file");
  await writeFile(file, "");

  await expect(openEmbedded({ dataDirectory: file })).rejects.toThrow(
    `The data directory ${file} cannot be used: there is a file of that name`,
  );
});

test("says what to do if no directory can be created there", async () => {
  await expect(openEmbedded({ dataDirectory: "/proc/ucupdates" })).rejects.toThrow(
    "The data directory /proc/ucupdates cannot be used: no directory can be created there",
  );
});

test("creates the data directory, closed to other accounts", async () => {
  const missing = join(dataDirectory, "missing");
  // The account of PostgreSQL may enter the directory above, as it may enter /var/lib.
  await chmod(dataDirectory, 0o755);

  const database = await openEmbedded({ dataDirectory: missing, isThrowaway: true });
  opened.push(database);

  expect(await query(database.url, "select 1 as value")).toBe(1);
  expect((await stat(missing)).mode & 0o007).toBe(0);
});

/** A separate process that opens the database and waits, like a server or a command. */
async function openElsewhere(): Promise<{ pid: number; kill: () => Promise<void> }> {
  const script = `
    import { openEmbedded } from "#foundation/platform/db/embedded";
    await openEmbedded({ dataDirectory: ${JSON.stringify(dataDirectory)}, isThrowaway: true });
    process.stdout.write("open");
    setInterval(() => {}, 1000);`;
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/server-only.mjs", "--input-type=module", "--eval", script],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}

test("runs PostgreSQL 18 on the loopback address, with a password that only its owner can read", async () => {
  const { url } = await open();

  expect(await query(url, "select current_setting('server_version') as value")).toMatch(/^18\./);
  expect(await query(url, "select current_setting('listen_addresses') as value")).toBe("127.0.0.1");
  const { passwordFile } = embeddedPaths(dataDirectory);
  expect((await stat(passwordFile)).mode & 0o077).toBe(0);
  await expect(
    query(url.replace(/:[^:@]+@/, ":wrong@"), "select 1 as value"),
  ).rejects.toMatchObject({
    code: "28P01",
  });
});

test("has connections for eight processes that answer phones, also in the directory of an earlier version", async () => {
  const first = await open();
  await first.close();
  const { cluster } = embeddedPaths(dataDirectory);
  await appendFile(join(cluster, "postgresql.conf"), "max_connections = 100\n");

  const { url } = await open();

  expect(await query(url, "select current_setting('max_connections') as value")).toBe("200");
});

test("the second user joins, and the last one to close stops PostgreSQL", async () => {
  const first = await open();
  const second = await open();
  expect(second.url).toBe(first.url);
  const pid = pidOfPostgres();

  await first.close();
  expect(await query(second.url, "select 1 as value")).toBe(1);

  await second.close();
  expect(readPostmaster(embeddedPaths(dataDirectory))).toBeNull();
  expect(urlOfRunningEmbedded(dataDirectory)).toBeNull();
  await expect(query(second.url, `select ${pid} as value`)).rejects.toMatchObject({
    code: "ECONNREFUSED",
  });
});

test("two users that start on an empty directory at the same time share one database", async () => {
  const [first, second] = await Promise.all([open(), open()]);

  expect(first.url).toBe(second.url);
});

test("stops PostgreSQL when two users close at the same time", async () => {
  const both = await Promise.all([open(), open()]);

  await Promise.all(both.map(({ close }) => close()));

  expect(readPostmaster(embeddedPaths(dataDirectory))).toBeNull();
});

test("a user that opens while the last one closes gets a running database", async () => {
  const leaving = await open();

  const [, arriving] = await Promise.all([leaving.close(), open()]);

  expect(await query(arriving.url, "select 1 as value")).toBe(1);
});

test("does not count a killed process as a user", async () => {
  const elsewhere = await openElsewhere();
  const here = await open();

  await elsewhere.kill();
  await here.close();

  expect(readPostmaster(embeddedPaths(dataDirectory))).toBeNull();
});

test("PostgreSQL survives the process that started it, and the next user joins", async () => {
  const elsewhere = await openElsewhere();
  const pid = pidOfPostgres();

  await elsewhere.kill();
  await open();

  expect(pidOfPostgres()).toBe(pid);
});

test("keeps its data over a restart", async () => {
  const before = await open();
  await query(before.url, "create table kept as select 42 as value");
  await before.close();

  const after = await open();

  expect(await query(after.url, "select value from kept")).toBe(42);
});

test("starts after a crash that left a pid file, even if the process id is in use by another process", async () => {
  const before = await open();
  await before.close();
  const { cluster } = embeddedPaths(dataDirectory);
  await writeFile(
    join(cluster, "postmaster.pid"),
    [process.pid, cluster, 0, 1, "", "127.0.0.1", "0 0", "ready", ""].join("\n"),
  );

  const after = await open();

  expect(await query(after.url, "select 1 as value")).toBe(1);
  expect(isProcessAlive(process.pid)).toBe(true);
});

test("restarts on the same port when it dies under a running server", async () => {
  const { url } = await open();

  process.kill(pidOfPostgres(), "SIGKILL");

  await expect
    .poll(() => query(url, "select 1 as value").catch(() => "not yet"), { timeout: 30_000 })
    .toBe(1);
});

test("says what to do about a cluster of another PostgreSQL version", async () => {
  await (await open()).close();
  await writeFile(join(embeddedPaths(dataDirectory).cluster, "PG_VERSION"), "17\n");

  await expect(open()).rejects.toThrow(
    /was written by PostgreSQL 17, and the built-in one is 18: dump it/,
  );
});

test("writes its log to a file", async () => {
  await open();

  expect(await readFile(embeddedPaths(dataDirectory).logFile, "utf8")).toContain(
    "ready to accept connections",
  );
});
