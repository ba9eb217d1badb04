import process from "node:process";
import pg from "pg";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { db, inTransaction } from "#foundation/platform/db/client";
import type { Subscription } from "#foundation/platform/db/listen";
import { listen, notify } from "#foundation/platform/db/listen";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openTcpLine } from "#foundation/platform/testing/tcp-line";

// Only the connection that listens is lost; queries go another way, as with a pooler.

const CHANNEL = "listen_away_test";

let line: TcpLine;
let subscription: Subscription | null = null;

beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  line = await openTcpLine({ host: url.hostname, port: Number(url.port) });
  url.port = String(line.port);
  process.env.DATABASE_DIRECT_URL = url.href;
  return () => {
    line.close();
  };
});

afterEach(async () => {
  line.mend();
  await subscription?.stop();
});

function listener() {
  return {
    onNotify: vi.fn<() => void>(),
    onConnect: vi.fn<() => void>(),
    onAway: vi.fn<() => void>(),
  };
}

test("asks for comparisons every second while no connection listens", async () => {
  const heard = listener();
  line.cut();
  subscription = listen(CHANNEL, heard);

  await vi.waitFor(
    () => {
      expect(heard.onAway.mock.calls.length).toBeGreaterThanOrEqual(4);
    },
    { timeout: 4_000 },
  );

  expect(heard.onConnect).not.toHaveBeenCalled();
  line.mend();
  await vi.waitFor(
    () => {
      expect(heard.onConnect).toHaveBeenCalledTimes(1);
    },
    { timeout: 5_000 },
  );
  await inTransaction((tx) => notify(tx, CHANNEL));
  await eventually(() => {
    expect(heard.onNotify).toHaveBeenCalledTimes(1);
  });
});

test("notices a connection that hangs without an end", async () => {
  const heard = listener();
  subscription = listen(CHANNEL, heard);
  await vi.waitFor(
    () => {
      expect(heard.onConnect).toHaveBeenCalledTimes(1);
    },
    { timeout: 5_000 },
  );
  line.freeze();

  await vi.waitFor(
    () => {
      expect(heard.onAway).toHaveBeenCalled();
    },
    { timeout: 20_000 },
  );
  line.mend();
  await vi.waitFor(
    () => {
      expect(heard.onConnect).toHaveBeenCalledTimes(2);
    },
    { timeout: 15_000 },
  );
});

test("does not listen to a standby server, which sends no notification", async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  await asStandby(url, true);
  const heard = listener();
  try {
    subscription = listen(CHANNEL, heard);
    await vi.waitFor(
      () => {
        expect(heard.onAway).toHaveBeenCalled();
      },
      { timeout: 5_000 },
    );
    expect(heard.onConnect).not.toHaveBeenCalled();
  } finally {
    await asStandby(url, false);
  }
  await vi.waitFor(
    () => {
      expect(heard.onConnect).toHaveBeenCalled();
    },
    { timeout: 5_000 },
  );
});

/** Makes new connections believe that the server is a standby, or not any more. */
async function asStandby(url: URL, isStandby: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const name = client.escapeIdentifier(url.pathname.slice(1));
  if (isStandby) {
    await client.query(
      "create function public.pg_is_in_recovery() returns boolean language sql as $$ select true $$",
    );
    await client.query(`alter database ${name} set search_path = public, pg_catalog`);
  } else {
    await client.query("drop function public.pg_is_in_recovery()");
    await client.query(`alter database ${name} reset search_path`);
  }
  await client.end();
}

test("reads from the database while no connection listens", async () => {
  line.cut();

  expect(await db.$queryRaw`select 1 as one`).toEqual([{ one: 1 }]);
});
