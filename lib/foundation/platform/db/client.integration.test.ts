import process from "node:process";
import { beforeEach, expect, test } from "vitest";
import { db, inTransaction } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

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
