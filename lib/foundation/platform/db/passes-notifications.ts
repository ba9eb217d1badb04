import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

const TIMEOUT_MS = 5_000;

/**
 * Whether a session at one address receives what another address sends. It does not if a pooler gives the connection of
 * the session to others, or if the addresses lead to different databases.
 */
export async function passesNotifications({
  from,
  to,
}: {
  readonly from: string;
  readonly to: string;
}): Promise<boolean> {
  const channel = `ucupdates_probe_${randomUUID().replaceAll("-", "")}`;
  const listener = open(to);
  const sender = open(from);
  const done = new AbortController();
  try {
    await Promise.all([listener.connect(), sender.connect()]);
    const received = new Promise<true>((resolve) => {
      listener.once("notification", () => {
        resolve(true);
      });
    });
    await listener.query(`listen ${channel}`);
    await sender.query("select pg_notify($1, '')", [channel]);
    const late = delay(TIMEOUT_MS, false as const, { signal: done.signal });
    return await Promise.race([received, late]);
  } finally {
    done.abort();
    await Promise.all([listener.end(), sender.end()].map((end) => end.catch(() => undefined)));
  }
}

function open(connectionString: string): pg.Client {
  const client = new pg.Client({
    connectionString,
    application_name: "ucupdates start",
    connectionTimeoutMillis: TIMEOUT_MS,
  });
  client.on("error", () => undefined);
  return client;
}
