import process from "node:process";
import pg from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { db, inTransaction } from "#foundation/platform/db/client";
import { isDatabaseUnavailable } from "#foundation/platform/db/unavailable";
import { emptyTables } from "#foundation/platform/testing/database";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";

const ADMIN_URL = process.env.DATABASE_URL;

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

/** Locks the sites, waits until the statement of `work` waits for them, breaks its connection, and unlocks the sites. */
async function breakWaiting(work: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
  const client = new pg.Client({ connectionString: ADMIN_URL });
  await client.connect();
  try {
    await client.query('BEGIN; LOCK TABLE "Site" IN ACCESS EXCLUSIVE MODE');
    const settled = Promise.allSettled([work()]);
    await eventually(async () => {
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = '"Site"'::regclass`,
      );
      expect(rowCount).toBe(1);
    });
    await client.query("COMMIT");
    const [result] = await settled;
    return result;
  } finally {
    await client.end();
  }
}

test("a statement that only reads is repeated when its connection breaks, and nothing else is", async () => {
  await createSite("a");

  const read = await breakWaiting(() => db.site.findMany({ select: { name: true } }));
  const raw = await breakWaiting(() => db.$queryRaw`SELECT name FROM "Site"`);
  const written = await breakWaiting(() => createSite("b"));
  const inside = await breakWaiting(() => inTransaction((tx) => tx.site.count()));

  expect(read).toEqual({ status: "fulfilled", value: [{ name: "a" }] });
  expect(raw).toEqual({ status: "fulfilled", value: [{ name: "a" }] });
  for (const { status, ...rest } of [written, inside]) {
    expect(status).toBe("rejected");
    expect("reason" in rest && isDatabaseUnavailable(rest.reason)).toBe(true);
  }
  expect(await db.site.count()).toBe(1);
});

test("what meets broken connections in the pool goes another way at once", async () => {
  for (const work of [() => inTransaction((tx) => tx.site.count()), () => db.site.count()]) {
    // Two connections.
    await Promise.all([db.site.count(), db.site.count()]);
    // This process reads of the end of its connections later than it sends what follows.
    line.cut();
    line.mend();
    expect(await work()).toBe(0);
  }
});
