import process from "node:process";
import { beforeEach, expect, test } from "vitest";
import { AppError } from "#foundation/core/errors";
import {
  db,
  inTransaction,
  limitConnections,
  waitForTransactions,
} from "#foundation/platform/db/client";
import { retryWhileAway } from "#foundation/platform/db/retry-while-away";
import { emptyTables } from "#foundation/platform/testing/database";

const CONNECTIONS = 4;

// Before the first use of the client.
limitConnections(CONNECTIONS);

beforeEach(async () => {
  await emptyTables("Site");
});

async function createSite(name: string): Promise<void> {
  await db.site.create({ data: { name, nameKey: name } });
}

test("rolls back a transaction that throws", async () => {
  const failing = inTransaction(async (tx) => {
    await tx.site.create({ data: { name: "a", nameKey: "a" } });
    throw new Error("no");
  });

  await expect(failing).rejects.toThrow("no");
  expect(await db.site.count()).toBe(0);
});

test("sends concurrent queries of a transaction one after the other", async () => {
  const warnings: string[] = [];
  const note = (warning: Error): void => void warnings.push(warning.message);
  process.on("warning", note);
  await createSite("a");

  const counts = await inTransaction((tx) =>
    Promise.all([tx.site.count(), tx.site.count(), tx.site.findMany({ include: { pools: true } })]),
  );

  expect(counts.slice(0, 2)).toEqual([1, 1]);
  // Warnings are emitted on the next tick.
  await new Promise(setImmediate);
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

test("commits one of two transactions in a deadlock and reports a conflict for the other", async () => {
  await createSite("a");
  await createSite("b");
  const bothHoldOne = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const cross = (index: number, order: readonly string[]): Promise<void> =>
    inTransaction(async (tx) => {
      await tx.site.update({ where: { nameKey: order[0] ?? "" }, data: { name: "x" } });
      bothHoldOne[index]?.resolve(undefined);
      await Promise.all(bothHoldOne.map(({ promise }) => promise));
      await tx.site.update({ where: { nameKey: order[1] ?? "" }, data: { name: "x" } });
    });

  const results = await Promise.allSettled([cross(0, ["a", "b"]), cross(1, ["b", "a"])]);

  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const rejected = results.find((result) => result.status === "rejected");
  expect(rejected?.reason).toMatchObject({ code: "conflict" });
});

/** Transactions that hold every connection of this process until they are released. */
async function holdAllConnections(): Promise<() => Promise<void>> {
  const release = Promise.withResolvers<undefined>();
  const begun = Array.from({ length: CONNECTIONS }, () => Promise.withResolvers<undefined>());
  const held = begun.map(({ resolve }) =>
    inTransaction(async () => {
      resolve(undefined);
      await release.promise;
    }),
  );
  await Promise.all(begun.map(({ promise }) => promise));
  return async () => {
    release.resolve(undefined);
    await Promise.all(held);
  };
}

test("says in one sentence that no connection became free, and a start tries again until one does", async () => {
  const release = await holdAllConnections();
  waitForTransactions(50);
  const late = inTransaction((tx) => tx.site.count());
  await expect(late).rejects.toMatchObject({
    code: "unavailable",
    message: "The database is too busy to begin a transaction.",
  });
  let attempts = 0;

  const started = retryWhileAway(30_000, async () => {
    attempts += 1;
    if (attempts === 2) {
      await release();
      waitForTransactions(5_000);
    }
    await inTransaction((tx) => tx.site.count());
    return attempts;
  });

  expect(await started).toBe(2);
});

test("a start does not repeat what another attempt would refuse again", async () => {
  let attempts = 0;
  const refused = retryWhileAway(30_000, () => {
    attempts += 1;
    return Promise.reject(new AppError("unavailable", "The database is too new."));
  });

  await expect(refused).rejects.toThrow("The database is too new.");
  expect(attempts).toBe(1);
});
