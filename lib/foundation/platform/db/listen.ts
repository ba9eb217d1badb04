import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Prisma } from "#generated/client";
import type { LiveTopic } from "#foundation/core/live-topics";
import { LIVE_CHANNEL } from "#foundation/platform/db/channels";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import { log } from "#foundation/platform/log";

export type Listener = {
  /** Something changed: load what you need. The payload is empty on most channels. */
  readonly onNotify: (payload: string) => void;
  /** A connection now listens. Notifications from before are lost, so load everything here too. */
  readonly onConnect: () => void;
  /** No connection listens, and the attempt to open one failed. Notifications are lost: compare with the database. */
  readonly onAway?: () => void;
};

export type Subscription = { readonly stop: () => Promise<void> };

const FIRST_RETRY_MS = 250;
/** Also the interval of comparisons with the database while no connection listens. */
const LAST_RETRY_MS = 1_000;
/** Detects a connection whose peer disappeared without closing it, or is no longer the primary server. */
const HEARTBEAT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 5_000;

/** Notifies every process, at commit, that something changed. A transaction that is rolled back notifies none. */
export async function notify(tx: Prisma.TransactionClient, channel: string): Promise<void> {
  await tx.$executeRaw`select pg_notify(${channel}, '')`;
}

/** Tells every panel, at commit, that what pages about this topic show has changed. */
export async function notifyLive(tx: Prisma.TransactionClient, topic: LiveTopic): Promise<void> {
  await tx.$executeRaw`select pg_notify(${LIVE_CHANNEL}, ${topic})`;
}

/** Listens until stopped, and reconnects whenever the connection is lost. Returns immediately. */
export function listen(channel: string, listener: Listener): Subscription {
  const stopping = new AbortController();
  const done = keepListening(channel, listener, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function keepListening(
  channel: string,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  let isReported = false;
  while (!signal.aborted) {
    try {
      await listenOnce(channel, signal, {
        ...listener,
        onConnect: () => {
          retryMs = FIRST_RETRY_MS;
          isReported = false;
          listener.onConnect();
        },
      });
    } catch (error) {
      log()[isReported ? "debug" : "warn"]({ err: error, channel }, "not listening; reconnecting");
      isReported = true;
      listener.onAway?.();
    }
    await pause(retryMs, signal);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }
}

/** Returns when stopped; throws when the connection ends for another reason. */
async function listenOnce(
  channel: string,
  signal: AbortSignal,
  { onNotify, onConnect }: Listener,
): Promise<void> {
  const client = new pg.Client({
    connectionString: directDatabaseUrl(),
    application_name: "ucupdates listener",
    connectionTimeoutMillis: 5_000,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
  });
  const end = new Promise<"ended">((resolve) => {
    client.once("end", () => {
      resolve("ended");
    });
  });
  // "end" follows; without a listener, the error would end the process.
  client.on("error", () => undefined);
  client.on("notification", ({ payload }) => {
    onNotify(payload ?? "");
  });
  try {
    await client.connect();
    await requirePrimary(client);
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    onConnect();
    while (!signal.aborted) {
      const woken = await Promise.race([end, pause(HEARTBEAT_MS, signal)]);
      if (woken === "ended") {
        throw new Error("the connection ended");
      }
      await requirePrimary(client);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A standby server accepts connections, but never sends a notification. */
async function requirePrimary(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ standby: boolean }>(
    "select pg_is_in_recovery() as standby",
  );
  if (rows[0]?.standby !== false) {
    throw new Error("the server is a standby");
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<"paused"> {
  // Stopping ends the pause; that is not a failure.
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  return "paused";
}
