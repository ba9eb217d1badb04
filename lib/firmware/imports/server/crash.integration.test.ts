import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { execPath } from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ImportJob } from "#firmware/imports/model";
import {
  NOTHING_VISIBLE,
  countVisible,
  emptyImports,
  listStaging,
  requireImport,
  startImportOf,
} from "#firmware/imports/testing/imports";
import { anImage, aPackage } from "#firmware/imports/testing/packages";
import { db } from "#foundation/platform/db/client";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { aPool } from "#firmware/rules/testing/rules";

const WORKER = fileURLToPath(new URL("../testing/worker-process.ts", import.meta.url));

const workers: ChildProcess[] = [];

beforeEach(async () => {
  await emptyImports();
  await aPool();
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map(kill));
});

function startWorkerProcess(): ChildProcess {
  const worker = spawn(execPath, ["--conditions=react-server", WORKER], { stdio: "inherit" });
  workers.push(worker);
  return worker;
}

/** Kills a process without any shutdown code, as `kill -9` or a power failure does. */
async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode === null && worker.signalCode === null) {
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
  }
}

/** Queries more often would take the processors from the process under test. */
async function until(isSo: () => Promise<boolean>, intervalMs = 50): Promise<void> {
  while (!(await isSo())) {
    await delay(intervalMs);
  }
}

async function finished(importId: string): Promise<ImportJob> {
  await until(async () => (await requireImport(importId)).finishedAt !== null);
  return requireImport(importId);
}

/** Holds the lock that imports need to write rules, so that an import blocks there. */
async function holdImportLock(): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  await client.query("select pg_advisory_lock($1)", [TRANSACTION_LOCKS.imports]);
  return () => client.end();
}

const DONE = { rules: 1, releases: 1, packages: 1, events: 1, files: 1, staged: 0 };

test("removes leftovers and finishes the import at the next start after a kill during unpacking", async () => {
  const image = anImage("large", 160 * 1024 * 1024);
  const phone = { model: "CX600", version: "1.0", image };
  const { id } = await startImportOf(aPackage([phone], "stored"));
  const worker = startWorkerProcess();
  // The file is there for less than a second.
  await until(async () => (await listStaging()).some((name) => name.endsWith(".part")), 5);

  await kill(worker);

  expect(await requireImport(id)).toMatchObject({ state: "unpacking" });
  // The upload, the dead worker's directory and the file that it had unpacked.
  expect(await countVisible()).toMatchObject({ rules: 0, files: 0, staged: 3 });
  startWorkerProcess();
  expect(await finished(id)).toMatchObject({ state: "succeeded" });
  await until(async () => (await listStaging()).length === 0);
  expect(await countVisible()).toEqual(DONE);
});

test("shows nothing after a kill during writing until the next start finishes the import", async () => {
  const release = await holdImportLock();
  const { id } = await startImportOf(aPackage());
  const worker = startWorkerProcess();
  await until(async () => (await requireImport(id)).state === "applying");
  await until(async () => (await countVisible()).files === 1);

  await kill(worker);
  await release();

  expect(await requireImport(id)).toMatchObject({ state: "applying" });
  expect(await countVisible()).toMatchObject({ rules: 0, releases: 0, packages: 0, events: 0 });
  startWorkerProcess();
  expect(await finished(id)).toMatchObject({ state: "succeeded" });
  await until(async () => (await listStaging()).length === 0);
  expect(await countVisible()).toEqual(DONE);
});

test("fails the import after a kill in each attempt, and leaves nothing visible", async () => {
  const release = await holdImportLock();
  const { id } = await startImportOf(aPackage());
  for (const attempts of [1, 2, 3]) {
    const worker = startWorkerProcess();
    await until(async () => (await attemptsOf(id)) === attempts);
    await until(async () => (await requireImport(id)).state === "applying");
    await until(async () => (await countVisible()).files === 1);
    await kill(worker);
  }
  await release();

  startWorkerProcess();

  expect(await finished(id)).toMatchObject({ state: "failed" });
  await until(async () => (await listStaging()).length === 0);
  // The unreferenced content stays in the store until it is collected.
  expect(await countVisible()).toEqual({ ...NOTHING_VISIBLE, files: 1 });
});

test("continues the import at the next start after a shutdown", async () => {
  const release = await holdImportLock();
  const { id } = await startImportOf(aPackage());
  const worker = startWorkerProcess();
  await until(async () => (await requireImport(id)).state === "applying");

  const gone = once(worker, "exit");
  worker.kill("SIGTERM");
  await release();
  await gone;
  startWorkerProcess();

  expect(await finished(id)).toMatchObject({ state: "succeeded" });
  expect(await countVisible()).toMatchObject({ rules: 1, releases: 1 });
});

async function attemptsOf(importId: string): Promise<number> {
  const row = await db.importJob.findUnique({ where: { id: importId } });
  return row?.attempts ?? 0;
}
