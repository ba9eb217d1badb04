import { afterEach, expect, test, vi } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { db, inTransaction } from "#foundation/platform/db/client";
import { listen, notify } from "#foundation/platform/db/listen";
import type { Subscription } from "#foundation/platform/db/listen";

const CHANNEL = "listen_test";
let subscription: Subscription | null = null;

afterEach(async () => {
  await subscription?.stop();
  subscription = null;
});

async function listening(): Promise<{ onNotify: () => void; onConnect: () => void }> {
  const listener = { onNotify: vi.fn<() => void>(), onConnect: vi.fn<() => void>() };
  subscription = listen(CHANNEL, listener);
  await eventually(() => {
    expect(listener.onConnect).toHaveBeenCalledTimes(1);
  });
  return listener;
}

async function breakConnection(): Promise<void> {
  await db.$queryRaw`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ucupdates listener'`;
}

test("notifies of a change after its commit", async () => {
  const { onNotify } = await listening();

  await inTransaction((tx) => notify(tx, CHANNEL));

  await eventually(() => {
    expect(onNotify).toHaveBeenCalledTimes(1);
  });
});

test("does not notify of a transaction that was rolled back", async () => {
  const { onNotify } = await listening();

  const failing = inTransaction(async (tx) => {
    await notify(tx, CHANNEL);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  // Notifications arrive in order, so this one would be the second.
  await inTransaction((tx) => notify(tx, CHANNEL));

  await eventually(() => {
    expect(onNotify).toHaveBeenCalledTimes(1);
  });
});

test("reconnects after the connection broke, reports it, and receives notifications again", async () => {
  const { onNotify, onConnect } = await listening();

  await breakConnection();
  await vi.waitFor(
    () => {
      expect(onConnect).toHaveBeenCalledTimes(2);
    },
    { timeout: 10_000 },
  );
  await inTransaction((tx) => notify(tx, CHANNEL));

  await eventually(() => {
    expect(onNotify).toHaveBeenCalledTimes(1);
  });
});

test("stops while it waits to reconnect", async () => {
  await listening();
  await breakConnection();

  await subscription?.stop();

  const left = await db.$queryRaw`
    select 1 from pg_stat_activity where application_name = 'ucupdates listener'`;
  expect(left).toEqual([]);
});
