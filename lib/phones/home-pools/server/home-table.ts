import "server-only";
import type { KnownHome } from "#phones/home-pools/model";
import { findKnownHomes } from "#phones/home-pools/server/store";
import { HOMES_CHANNEL } from "#foundation/platform/db/channels";
import { db } from "#foundation/platform/db/client";
import { liveTable } from "#foundation/platform/live-table";

const homes = liveTable({
  name: "homes of users",
  channel: HOMES_CHANNEL,
  load: () => findKnownHomes(db),
  // An import of many users causes a few reloads, not one per user.
  pace: { gatherMs: 50, restMs: 500 },
  reloadEveryMs: 60_000,
});

export const startHomeTable = homes.start;

/** The home of a SIP address, from memory: a phone that signs in never waits for the database. Null if it has none. */
export function findKnownHome(sipAddress: string): KnownHome | null {
  return homes.current().get(sipAddress) ?? null;
}
