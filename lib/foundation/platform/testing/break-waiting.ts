import process from "node:process";
import pg from "pg";
import { expect } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";

const ADMIN_URL = process.env.DATABASE_URL;

type Lock = {
  readonly table: string;
  /** `EXCLUSIVE` lets readers pass. */
  readonly mode: "ACCESS EXCLUSIVE" | "EXCLUSIVE";
};

/** Locks a table, waits until a statement of `work` waits for it, breaks its connection, and unlocks the table. */
export async function breakWaiting(
  { table, mode }: Lock,
  work: () => Promise<unknown>,
): Promise<PromiseSettledResult<unknown>> {
  const client = new pg.Client({ connectionString: ADMIN_URL });
  await client.connect();
  try {
    await client.query(`BEGIN; LOCK TABLE "${table}" IN ${mode} MODE`);
    const settled = Promise.allSettled([work()]);
    await eventually(async () => {
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = '"${table}"'::regclass`,
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
