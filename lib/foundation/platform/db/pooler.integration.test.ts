import process from "node:process";
import { beforeAll, expect, test, vi } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { db, inTransaction } from "#foundation/platform/db/client";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { listen, notify } from "#foundation/platform/db/listen";
import { openDatabase } from "#foundation/platform/db/open";
import { passesNotifications } from "#foundation/platform/db/passes-notifications";
import { addJob, startWorker } from "#foundation/platform/jobs";
import { startPgBouncer } from "#foundation/platform/testing/pgbouncer";

// The database behind PgBouncer in transaction mode.

let direct: string;
let pooled: string;

beforeAll(async () => {
  direct = process.env.DATABASE_URL ?? "";
  const pooler = await startPgBouncer(direct);
  pooled = pooler.url;
  process.env.DATABASE_URL = pooled;
  process.env.DATABASE_DIRECT_URL = direct;
  return pooler.stop;
});

test("a session at the address of PostgreSQL receives what is sent through the pooler", async () => {
  expect(await passesNotifications({ from: pooled, to: direct })).toBe(true);
});

test("a session behind the pooler does not", async () => {
  expect(await passesNotifications({ from: pooled, to: pooled })).toBe(false);
});

test("opens the database, reads, writes, and does so in transactions", async () => {
  const { close } = await openDatabase();
  const sites = Array.from({ length: 30 }, (_, index) => `pooled ${index}`);

  await Promise.all(
    sites.map((name) =>
      inTransaction(async (tx) => {
        await tx.site.create({ data: { name, nameKey: name } });
        return tx.site.findFirst({ where: { name }, include: { pools: true } });
      }),
    ),
  );

  expect(await db.site.count({ where: { name: { in: sites } } })).toBe(30);
  await db.site.deleteMany({ where: { name: { in: sites } } });
  await close();
});

test("notifications reach a listener, and jobs run", async () => {
  const onNotify = vi.fn<() => void>();
  const onConnect = vi.fn<() => void>();
  const subscription = listen("pooler_test", { onNotify, onConnect });
  await eventually(() => {
    expect(onConnect).toHaveBeenCalledTimes(1);
  });
  const task = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const worker = await startWorker({ pooler_test: task });

  await inTransaction(async (tx) => {
    await notify(tx, "pooler_test");
    await addJob(tx, { name: "pooler_test", payload: {} });
  });

  await eventually(() => {
    expect(onNotify).toHaveBeenCalledTimes(1);
    expect(task).toHaveBeenCalledTimes(1);
  });
  await worker.stop();
  await subscription.stop();
});

test("writes batches with a temporary table on a connection of its own", async () => {
  const bulk = bulkConnection();
  for (const batch of [1, 2]) {
    await bulk.inTransaction(async (tx) => {
      await tx.run("create temp table if not exists staged (value int) on commit delete rows");
      await tx.copy("copy staged from stdin", Buffer.from(`${batch}\n`));
      expect(await tx.run("select * from staged")).toBe(1);
    });
  }
  await bulk.close();
});
