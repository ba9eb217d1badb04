import pg from "pg";
import { expect, vi } from "vitest";
import { LOCK_SPACE, LOCKS } from "#foundation/platform/db/advisory-locks";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openTcpLine } from "#foundation/platform/testing/tcp-line";
import type { ServerProcess } from "./server-process.ts";

const WAIT = { timeout: 100_000, interval: 20 };

/**
 * Starts a server that loses its database in the middle of the start, and gets it back once it has noticed. `start`
 * receives the settings of the server. Close the line after the server.
 */
export async function interruptStart(
  databaseUrl: string,
  start: (settings: Readonly<Record<string, string>>) => ServerProcess,
): Promise<{ readonly server: ServerProcess; readonly line: TcpLine }> {
  const url = new URL(databaseUrl);
  const line = await openTcpLine({ host: url.hostname, port: Number(url.port) });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // The start waits for this lock, so that it is interrupted at a known place.
    await client.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE, LOCKS.migration]);
    url.hostname = "127.0.0.1";
    url.port = String(line.port);
    const server = start({ DATABASE_URL: url.href, LOG_LEVEL: "warn" });
    await vi.waitFor(async () => {
      const { rowCount } = await client.query(
        "select from pg_locks where locktype = 'advisory' and not granted and classid = $1",
        [LOCK_SPACE],
      );
      expect(rowCount).toBe(1);
    }, WAIT);
    line.cut();
    await vi.waitFor(() => {
      expect(server.output()).toContain("the database does not answer; trying again");
    }, WAIT);
    line.mend();
    return { server, line };
  } finally {
    await client.end();
  }
}
