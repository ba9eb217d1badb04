import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { db, inTransaction } from "#foundation/platform/db/client";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { addJob, startWorker } from "#foundation/platform/jobs";
import type { Worker } from "#foundation/platform/jobs";
import { log } from "#foundation/platform/log";
import { emptyTables } from "#foundation/platform/testing/database";

let worker: Worker | null = null;

beforeEach(async () => {
  await emptyTables();
});

afterEach(async () => {
  await worker?.stop();
  worker = null;
});

async function waitingJobs(): Promise<number> {
  const rows = await db.$queryRaw<
    { n: number }[]
  >`select count(*)::int as n from graphile_worker.jobs`;
  return rows[0]?.n ?? -1;
}

test("runs a job with its payload and deletes it", async () => {
  const task = vi.fn<(payload: unknown) => Promise<void>>(() => Promise.resolve());
  await inTransaction((tx) => addJob(tx, { name: "sum", payload: { numbers: [1, 2] } }));

  worker = await startWorker({ sum: task });

  await eventually(async () => {
    expect(await waitingJobs()).toBe(0);
  });
  expect(task.mock.calls.map(([payload]) => payload)).toEqual([{ numbers: [1, 2] }]);
});

test("adds no job if the transaction is rolled back", async () => {
  const failing = inTransaction(async (tx) => {
    await addJob(tx, { name: "sum", payload: {} });
    throw new Error("no");
  });

  await expect(failing).rejects.toThrow("no");
  expect(await waitingJobs()).toBe(0);
});

test("frees abandoned jobs before it stops, also if it is stopped at once", async () => {
  await inTransaction((tx) => addJob(tx, { name: "sum", payload: {} }));
  await db.$executeRaw`
    update graphile_worker._private_jobs
       set locked_by = 'a dead worker', locked_at = now() - interval '1 hour'`;
  const warn = vi.spyOn(log(), "warn");

  const stopped = await startWorker({ other: () => Promise.resolve() });
  await stopped.stop();

  expect(warn).not.toHaveBeenCalled();
  const free = await db.$queryRaw`select 1 from graphile_worker.jobs where locked_by is null`;
  expect(free).toHaveLength(1);
  warn.mockRestore();
});

test("a second job with the same key replaces the first", async () => {
  await inTransaction(async (tx) => {
    await addJob(tx, { name: "sum", payload: 1, options: { jobKey: "one" } });
    await addJob(tx, { name: "sum", payload: 2, options: { jobKey: "one" } });
  });

  expect(await waitingJobs()).toBe(1);
});

test("keeps a failed job for a retry", async () => {
  const attempts: number[] = [];
  await inTransaction((tx) =>
    addJob(tx, { name: "fail", payload: {}, options: { maxAttempts: 3 } }),
  );

  worker = await startWorker({
    fail: (_payload, { attempt }) => {
      attempts.push(attempt);
      return Promise.reject(new Error("not this time"));
    },
  });

  await eventually(async () => {
    const rows =
      await db.$queryRaw`select last_error from graphile_worker.jobs where locked_at is null`;
    expect(rows).toEqual([{ last_error: "not this time" }]);
  });
  expect(attempts).toEqual([1]);
});

test("signals the current job when stopped and keeps it for the next start", async () => {
  await inTransaction((tx) => addJob(tx, { name: "long", payload: {} }));
  const begun = Promise.withResolvers<undefined>();
  worker = await startWorker({
    long: async (_payload, { signal }) => {
      begun.resolve(undefined);
      await once(signal, "abort");
      throw new Error("stopped");
    },
  });
  await begun.promise;

  await worker.stop();
  worker = null;

  expect(await waitingJobs()).toBe(1);
});

test(
  "the next worker promptly runs a job whose process was killed",
  { timeout: 60_000 },
  async () => {
    await inTransaction((tx) => addJob(tx, { name: "long", payload: {} }));
    const script = `
    import { startWorker } from "#foundation/platform/jobs";
    await startWorker({ long: () => { process.stdout.write("begun"); return new Promise(() => {}); } });
    setInterval(() => {}, 1000);`;
    const child = spawn(
      process.execPath,
      ["--import", "./scripts/server-only.mjs", "--input-type=module", "--eval", script],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");

    const attempts: number[] = [];
    worker = await startWorker({
      long: (_payload, { attempt }) => {
        attempts.push(attempt);
        return Promise.resolve();
      },
    });

    await vi.waitFor(
      () => {
        expect(attempts).toEqual([2]);
      },
      { timeout: 30_000 },
    );
  },
);

test("keeps running jobs after its connections broke", async () => {
  const task = vi.fn<(payload: unknown) => Promise<void>>(() => Promise.resolve());
  worker = await startWorker({ sum: task });
  expect(await countConnections()).toBeGreaterThan(0);
  await db.$executeRaw`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ucupdates jobs'`;
  await inTransaction((tx) => addJob(tx, { name: "sum", payload: 1 }));

  await eventually(() => {
    expect(task).toHaveBeenCalledTimes(1);
  });
});

test("does not start if its connections break before it has looked for a job", async () => {
  const holder = new pg.Client({ connectionString: databaseUrl() });
  await holder.connect();
  await holder.query(
    "begin; lock table graphile_worker._private_tasks in share row exclusive mode",
  );
  const starting = startWorker({ sum: () => Promise.resolve() });
  await eventually(async () => {
    const broken = await db.$queryRaw`
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'ucupdates jobs' and wait_event_type = 'Lock'`;
    expect(broken).toHaveLength(1);
  });
  await expect(starting).rejects.toThrow("terminat");
  await holder.end();

  expect(await countConnections()).toBe(0);
  const task = vi.fn<(payload: unknown) => Promise<void>>(() => Promise.resolve());
  worker = await startWorker({ sum: task });
  await inTransaction((tx) => addJob(tx, { name: "sum", payload: 1 }));
  await eventually(() => {
    expect(task).toHaveBeenCalledTimes(1);
  });
});

test("has closed its connections when it has stopped", async () => {
  const stopped = await startWorker({ other: () => Promise.resolve() });
  expect(await countConnections()).toBeGreaterThan(0);

  await stopped.stop();

  // PostgreSQL notices the end of a connection a moment later.
  await eventually(async () => {
    expect(await countConnections()).toBe(0);
  });
});

async function countConnections(): Promise<number> {
  const rows = await db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity where application_name = 'ucupdates jobs'`;
  return rows[0]?.n ?? -1;
}
