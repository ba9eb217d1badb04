import { beforeAll, beforeEach, expect, test } from "vitest";
import { db, inTransaction } from "#foundation/platform/db/client";
import { isDatabaseUnavailable } from "#foundation/platform/db/unavailable";
import { breakWaiting } from "#foundation/platform/testing/break-waiting";
import { emptyTables } from "#foundation/platform/testing/database";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";

let line: TcpLine;

beforeAll(async () => {
  line = await openDatabaseLine();
  return () => {
    line.close();
  };
});

beforeEach(async () => {
  await emptyTables("Site");
});

async function createSite(name: string): Promise<void> {
  await db.site.create({ data: { name, nameKey: name } });
}

function breakSites(work: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
  return breakWaiting({ table: "Site", mode: "ACCESS EXCLUSIVE" }, work);
}

test("a statement that only reads is repeated when its connection breaks, and nothing else is", async () => {
  await createSite("a");

  const read = await breakSites(() => db.site.findMany({ select: { name: true } }));
  const raw = await breakSites(() => db.$queryRaw`SELECT name FROM "Site"`);
  const named = await breakSites(
    () => db.$queryRaw`WITH site AS (SELECT name FROM "Site") SELECT name FROM site`,
  );
  const written = await breakSites(() => createSite("b"));
  const hidden = await breakSites(
    () => db.$queryRaw`
      WITH gone AS (DELETE FROM "Site" RETURNING name) SELECT name FROM gone`,
  );
  const inside = await breakSites(() => inTransaction((tx) => tx.site.count()));

  expect(read).toEqual({ status: "fulfilled", value: [{ name: "a" }] });
  expect(raw).toEqual({ status: "fulfilled", value: [{ name: "a" }] });
  expect(named).toEqual({ status: "fulfilled", value: [{ name: "a" }] });
  for (const { status, ...rest } of [written, hidden, inside]) {
    expect(status).toBe("rejected");
    expect("reason" in rest && isDatabaseUnavailable(rest.reason)).toBe(true);
  }
  expect(await db.site.count()).toBe(1);
});

test("what meets broken connections in the pool goes another way at once", async () => {
  for (const work of [() => inTransaction((tx) => tx.site.count()), () => db.site.count()]) {
    // Several connections.
    await Promise.all(Array.from({ length: 5 }, () => db.site.count()));
    // This process reads of the end of its connections later than it sends what follows.
    line.cut();
    line.mend();
    expect(await work()).toBe(0);
  }
});
