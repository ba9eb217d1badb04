import process from "node:process";
import pg from "pg";
import { db } from "#foundation/platform/db/client";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import { env } from "#foundation/platform/env";
import { planFleet } from "./plan-fleet.ts";
import type { PlayedHistory } from "./play-history.ts";
import { playHistory } from "./play-history.ts";

/** A row of `Setting` that the program itself does not know. */
const MARK = "demonstration";

/** Fills an empty database with a pretended fleet. Leaves one that has a fleet, pretended or not, unchanged. */
export async function fillDemo(
  phones: number,
  onPlayed: (history: PlayedHistory) => void = () => undefined,
): Promise<"filled" | "filled_before" | "not_empty"> {
  if ((await db.setting.findUnique({ where: { name: MARK } })) !== null) {
    return "filled_before";
  }
  if ((await db.device.count()) + (await db.pool.count()) > 0) {
    return "not_empty";
  }
  const show = progressLine(`Filling ${env().DATA_DIRECTORY} with ${phones} phones and 30 days`);
  // They cost more than everything else about a new phone, and much less once all phones are there.
  await db.$executeRaw`DROP INDEX IF EXISTS "Device_search_text_idx", "CheckSender_search_text_idx"`;
  const history = await playHistory(planFleet(phones), { endMs: Date.now(), onProgress: show });
  onPlayed(history);
  await db.$executeRaw`SELECT ensure_phone_search_index()`;
  await vacuum();
  await db.setting.create({ data: { name: MARK, value: { phones }, updatedBy: "demo" } });
  return "filled";
}

function progressLine(title: string): (done: number) => void {
  if (!process.stdout.isTTY) {
    return () => undefined;
  }
  return (done) => {
    process.stdout.write(`\r${title}: ${Math.floor(done * 100)} %${done === 1 ? "\n" : ""}`);
  };
}

/** Brings the statistics of PostgreSQL up to date, as autovacuum does in time. */
async function vacuum(): Promise<void> {
  const client = new pg.Client({ connectionString: directDatabaseUrl() });
  await client.connect();
  try {
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
}
