import "server-only";
import { coalescedTask } from "#phones/check/server/coalesced-task";
import { AppError } from "#foundation/core/errors";
import type { KnownHome } from "#phones/home-pools/model";
import { findKnownHomes } from "#phones/home-pools/server/store";
import { HOMES_CHANNEL } from "#foundation/platform/db/channels";
import { db } from "#foundation/platform/db/client";
import { listen } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** A list of users that is read in goes by in a few loads, not in one for each user. */
const RELOAD_PACE = { gatherMs: 50, restMs: 500 };
/** The safety net: a notification may get lost, and a load may fail. */
const RELOAD_EVERY_MS = 60_000;

export type RunningHomeTable = { readonly stop: () => Promise<void> };

type HomeTable = {
  homes: ReadonlyMap<string, KnownHome> | null;
  running: Promise<RunningHomeTable> | null;
};

/** The home of a SIP address, from memory: a phone that signs in never waits for the database. Null: nobody gave it one. */
export function findKnownHome(sipAddress: string): KnownHome | null {
  const { homes } = homeTable();
  if (homes === null) {
    throw new AppError("unavailable", "The homes of users have not been read yet.", {
      retryAfterSeconds: 5,
    });
  }
  return homes.get(sipAddress) ?? null;
}

/** Reads everybody's home and keeps it in step with the database until stopped. There is one per process. */
export function startHomeTable(): Promise<RunningHomeTable> {
  const table = homeTable();
  table.running ??= start(table).catch((error: unknown) => {
    table.running = null;
    throw error;
  });
  return table.running;
}

function homeTable(): HomeTable {
  return oncePerProcess("user homes", () => ({ homes: null, running: null }));
}

async function start(table: HomeTable): Promise<RunningHomeTable> {
  table.homes = await findKnownHomes(db);
  const reload = coalescedTask(() => loadOrKeep(table), RELOAD_PACE);
  const subscription = listen(HOMES_CHANNEL, {
    onNotify: reload.request,
    onConnect: reload.request,
  });
  const timer = setInterval(reload.request, RELOAD_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await subscription.stop();
      await reload.stop();
      table.homes = null;
      table.running = null;
    },
  };
}

async function loadOrKeep(table: HomeTable): Promise<void> {
  try {
    table.homes = await findKnownHomes(db);
  } catch (error) {
    log().warn({ err: error }, "Homes of users could not be read; those at hand are used");
  }
}
