import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { databaseUrl, setDatabaseUrl } from "#foundation/platform/db/database-url";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { migrationsDirectory } from "#foundation/platform/db/migrations-directory";
import { env } from "#foundation/platform/env";
import { readOrCreateSecret } from "#foundation/platform/session-secret";
import { contentPath, flipByte } from "#firmware/files/testing/damage";
import { stagingDirectory } from "#firmware/files/server/content-backend";
import { stagedPath } from "#firmware/files/server/staging";
import { emptyImports } from "#firmware/imports/testing/imports";
import { aPool } from "#firmware/rules/testing/rules";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { aStoredUpdate } from "#phones/check/testing/stored-update";
import type { BackupReport } from "#programs/backup/model";
import { backUpBeforeMigration } from "#programs/backup/server/back-up-before-migration";
import { createBackup, writeBackup } from "#programs/backup/server/create-backup";
import type { LoadedBackup } from "#programs/backup/server/load-archive";
import { loadBackup } from "#programs/backup/server/restore-backup";

const NOW = new Date("2026-11-22T10:00:00Z");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ucupdates-backup-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await emptyImports();
  await mkdir(stagingDirectory(), { recursive: true });
});

async function aDatabase(): Promise<string> {
  const name = `restored_${randomUUID().replaceAll("-", "")}`;
  await query(databaseUrl(), `create database ${name}`);
  const url = new URL(databaseUrl());
  url.pathname = `/${name}`;
  return url.href;
}

async function query(
  connectionString: string,
  sql: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

type Made = { readonly archive: Buffer; readonly report: BackupReport };

async function make({ withSecrets = false } = {}): Promise<Made> {
  const target = new PassThrough();
  const [report, archive] = await Promise.all([
    writeBackup(NOW, { target, withSecrets }),
    buffer(target),
  ]);
  return { report, archive };
}

function load(archive: Buffer, url: string, isReplacing = false): Promise<LoadedBackup> {
  // In pieces, as from a disk.
  const source = Readable.from(pieces(archive), { objectMode: false });
  return loadBackup(url, { source, isReplacing });
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += 65_536) {
    yield bytes.subarray(start, start + 65_536);
  }
}

async function someRows(): Promise<void> {
  const pool = await aPool("pool01.contoso.com");
  await aStoredUpdate(pool, { version: "4.0.7577.4387" });
  const progress = { outcome: "offered", poolId: pool.id } as const;
  await storeChecks([
    aRecord({ at: new Date("2026-11-20T08:00:00Z") }),
    aRecord({ ...progress, at: NOW, macAddress: "0004F2000176", userName: "tab\tand \\ and \n é" }),
  ]);
}

const TABLES_SQL = `select relname::text as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`;

/** All rows of all tables, as text. */
async function everything(url: string): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { name } of await query(url, TABLES_SQL)) {
    found[String(name)] = await query(url, `select t::text from "${String(name)}" t order by 1`);
  }
  return found;
}

test("restores every row of every table, with partitions, sequences and triggers", async () => {
  await someRows();
  const { archive, report } = await make();
  const url = await aDatabase();

  await load(archive, url);

  const expected = await everything(databaseUrl());
  expect(await everything(url)).toEqual(expected);
  expect(report.tables).toBe(Object.keys(expected).length);
  expect(report.problems).toEqual([]);
  for (const sql of [
    "select relname::text from pg_class where relispartition and relkind = 'r' order by 1",
    `select nextval('"RuleEvent_id_seq"')`,
    "select tgname::text, tgenabled from pg_trigger where not tgisinternal order by 1, 2",
    "select indexdef from pg_indexes where schemaname = 'public' order by 1",
  ]) {
    expect(await query(url, sql)).toEqual(await query(databaseUrl(), sql));
  }
  // Nothing is left to migrate.
  expect(await migrateDatabase(url)).toEqual([]);
});

test("contains the rows of one moment, without what commits in between", async () => {
  await someRows();
  const target = new PassThrough({ highWaterMark: 1 });
  const making = writeBackup(NOW, { target, withSecrets: false });
  // The manifest has been written, so the snapshot exists; the rest waits for the reader.
  await once(target, "readable");
  await aPool("pool02.contoso.com");
  const archive = await buffer(target);
  await making;

  const url = await aDatabase();
  await load(archive, url);

  expect(await query(url, `select fqdn from "Pool"`)).toEqual([{ fqdn: "pool01.contoso.com" }]);
});

test("restores content, and a queued import with its upload", async () => {
  await someRows();
  const importId = randomUUID();
  await db.importJob.create({
    data: {
      id: importId,
      state: "queued",
      fileName: "a.cab",
      sizeBytes: 13,
      upload: "upload-x",
      createdByName: "anna",
      createdAt: NOW,
    },
  });
  await db.$executeRaw`
    select graphile_worker.add_job('import', json_build_object('importId', ${importId}::text))`;
  await writeFile(stagedPath("upload-x"), "not a cabinet");
  const { archive, report } = await make();
  expect(report.files).toBe(4);
  await rm(stagingDirectory(), { recursive: true });
  await rm(join(env().DATA_DIRECTORY, "files"), { recursive: true });
  await mkdir(stagingDirectory());
  const url = await aDatabase();

  const { counted } = await load(archive, url);

  expect(counted.files).toBe(4);
  expect(await readFile(stagedPath("upload-x"), "utf8")).toBe("not a cabinet");
  expect(await readdir(stagingDirectory())).toEqual(["upload-x"]);
  expect(await query(url, "select task_identifier from graphile_worker.jobs")).toEqual([
    { task_identifier: "import" },
  ]);
  const again = await make();
  expect(again.report.problems).toEqual([]);
});

test("refuses a database with rows, and replaces them on request", async () => {
  const { archive } = await make();
  const url = await aDatabase();
  await load(archive, url);
  await query(url, `insert into "Setting" (name, value, "updatedBy") values ('a', '1', 'anna')`);

  await expect(load(archive, url)).rejects.toThrow("The database is not empty");

  expect(await query(url, `select name from "Setting"`)).toHaveLength(1);
  await load(archive, url, true);
  expect(await query(url, `select name from "Setting"`)).toHaveLength(0);
});

test("refuses while a server uses the database", async () => {
  const { archive } = await make();
  const url = await aDatabase();
  const server = new pg.Client({ connectionString: url, application_name: "ucupdates server" });
  await server.connect();
  try {
    await expect(load(archive, url)).rejects.toThrow("A ucupdates server uses this database");
  } finally {
    await server.end();
  }
});

function changeText(archive: Buffer, text: string, replacement: string): Buffer {
  const at = archive.indexOf(text);
  expect(at).toBeGreaterThan(0);
  expect(replacement).toHaveLength(text.length);
  return Buffer.concat([
    archive.subarray(0, at),
    Buffer.from(replacement),
    archive.subarray(at + text.length),
  ]);
}

test.each<[string, (archive: Buffer) => Buffer, RegExp]>([
  [
    "a changed row",
    (archive) => changeText(archive, "pool01.contoso.com", "pool02.contoso.com"),
    /damaged \(rows\/\d+-\w+\/\d+ does not match its digest\)/,
  ],
  [
    "a row that PostgreSQL refuses",
    (archive) => changeText(archive, "\thttp://pool01", "\t\\N\\N\\N//pool01".slice(0, 14)),
    /damaged/,
  ],
  ["a missing end", (archive) => archive.subarray(0, archive.length - 4096), /damaged \(/],
  ["a missing half", (archive) => archive.subarray(0, archive.length / 2), /it ends too early/],
  ["another file", () => Buffer.from("this is no archive ".repeat(100)), /damaged \(/],
])("refuses %s in one sentence, and changes nothing", async (_name, damage, sentence) => {
  await someRows();
  const { archive } = await make();
  const url = await aDatabase();

  const loading = load(damage(archive), url);

  await expect(loading).rejects.toThrow(sentence);
  expect(await query(url, TABLES_SQL)).toEqual([]);
});

test("refuses a backup of a newer format and one with an unknown migration", async () => {
  const { archive } = await make();
  for (const newer of [
    changeText(archive, '"formatVersion": 1', '"formatVersion": 9'),
    changeText(archive, '"20261122203839_init"', '"29991122203839_init"'),
  ]) {
    await expect(load(newer, await aDatabase())).rejects.toThrow("was made by a newer release");
  }
});

type OlderDatabase = { readonly source: string; readonly names: readonly string[] };

/** A database as an older release left it, with a site. */
async function anOlderDatabase(): Promise<OlderDatabase> {
  const older = await mkdtemp(join(folder, "older-"));
  const all = await readdir(migrationsDirectory());
  const names = all.filter((name) => /^\d/.test(name)).toSorted();
  for (const name of [...names.slice(0, 5), "migration_lock.toml"]) {
    await cp(join(migrationsDirectory(), name), join(older, name), { recursive: true });
  }
  const source = await aDatabase();
  await migrateDatabase(source, { directory: older });
  await query(
    source,
    `insert into "Site" (id, name, "nameKey") values (gen_random_uuid(), 'A', 'a')`,
  );
  return { source, names };
}

/** Runs `work` in a process whose database is the given one. */
async function withDatabase<T>(url: string, work: () => Promise<T>): Promise<T> {
  setDatabaseUrl(url);
  try {
    return await work();
  } finally {
    setDatabaseUrl(null);
  }
}

test("restores a backup of an older release and migrates it", async () => {
  const { source, names } = await anOlderDatabase();
  const { archive } = await withDatabase(source, make);
  const url = await aDatabase();

  const { manifest } = await load(archive, url);

  expect(manifest.migrations).toEqual(names.slice(0, 5));
  expect(await query(url, `select name from "Site"`)).toEqual([{ name: "A" }]);
  expect(await query(url, "select migration_name from _prisma_migrations")).toHaveLength(
    names.length,
  );
});

test("names damaged and missing content, and leaves it out", async () => {
  await someRows();
  const [damaged, missing] = await db.blob.findMany({ orderBy: { sizeBytes: "desc" } });
  await flipByte(contentPath(damaged?.sha256 ?? ""));
  await rm(contentPath(missing?.sha256 ?? ""));

  const { archive, report } = await make();

  expect(report.problems.toSorted((a, b) => a.problem.localeCompare(b.problem))).toEqual([
    { member: `files/${damaged?.sha256 ?? ""}`, problem: "damaged" },
    { member: `files/${missing?.sha256 ?? ""}`, problem: "missing" },
  ]);
  const { counted } = await load(archive, await aDatabase());
  expect(counted.problems).toHaveLength(2);
});

test("contains secrets only on request", async () => {
  const secret = readOrCreateSecret(env().DATA_DIRECTORY);
  expect((await make()).archive.includes(secret)).toBe(false);

  const { archive } = await make({ withSecrets: true });

  const { secrets } = await load(archive, await aDatabase());
  expect(secrets.get("session-secret")?.toString("utf8")).toBe(secret);
});

test("audits the backup, and is for administrators", async () => {
  const options = { target: new PassThrough().resume(), targetName: "/b.tar", withSecrets: false };

  await createBackup(aContext(), options);

  expect(await db.auditEntry.findFirstOrThrow({ orderBy: { id: "desc" } })).toMatchObject({
    action: "backup.created",
    subjectName: "/b.tar",
  });
  await expect(createBackup(aContext({ role: "operator" }), options)).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("backs up an older database before its migration, and keeps the last three", async () => {
  const { source, names } = await anOlderDatabase();
  const directory = join(env().DATA_DIRECTORY, "backups");
  await rm(directory, { recursive: true, force: true });

  const applied = await withDatabase(source, async () => {
    const result = await migrateDatabase(source, { beforeMigration: backUpBeforeMigration });
    await migrateDatabase(source, { beforeMigration: backUpBeforeMigration });
    return result;
  });

  expect(applied).toEqual(names.slice(5));
  const [first = "", ...others] = await readdir(directory);
  expect(others).toEqual([]);
  const url = await aDatabase();
  const { manifest } = await load(await readFile(join(directory, first)), url);
  expect(manifest.migrations).toEqual(names.slice(0, 5));
  expect(await query(url, `select name from "Site"`)).toEqual([{ name: "A" }]);

  for (let more = 0; more < 3; more += 1) {
    await backUpBeforeMigration();
  }
  const kept = await readdir(directory);
  expect(kept).toHaveLength(3);
  expect(kept).not.toContain(first);
});

test("leaves the database alone if it cannot be backed up", async () => {
  const { source } = await anOlderDatabase();
  const directory = join(env().DATA_DIRECTORY, "backups");
  await rm(directory, { recursive: true, force: true });
  await writeFile(directory, "a file at the place of the directory");
  try {
    await expect(
      withDatabase(source, () =>
        migrateDatabase(source, { beforeMigration: backUpBeforeMigration }),
      ),
    ).rejects.toThrow("could not be backed up");
  } finally {
    await rm(directory);
  }

  expect(await query(source, "select from _prisma_migrations")).toHaveLength(5);
});
