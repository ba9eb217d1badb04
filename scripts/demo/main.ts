/**
 * Fills an empty instance with a pretended fleet and a history of 30 days, starts the server, and keeps pretended phones
 * asking. A second start finds what the first one filled. Run: npm run demo
 */
import "server-only";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { prepareDataDirectory } from "#foundation/platform/data-directory";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import { openDatabase } from "#foundation/platform/db/open";
import { env } from "#foundation/platform/env";
import { reportFailure } from "#programs/server/report-failure";
import { fillDemo } from "./fill-demo.ts";
import { keepAsking } from "./phones.ts";
import { MIN_PHONES } from "./plan-fleet.ts";

const DEFAULT_PHONES = "100000";
/** The middle of a MAC address numbers the phones. */
const MAX_PHONES = 1_000_000;
const START_WITHIN_MS = 120_000;

const { values } = parseArgs({
  options: {
    phones: { type: "string", default: DEFAULT_PHONES },
    "fill-only": { type: "boolean" },
  },
});
const phones = Number(values.phones);
if (!Number.isInteger(phones) || phones < MIN_PHONES || phones > MAX_PHONES) {
  console.error(
    `Give the number of phones, from ${MIN_PHONES} to ${MAX_PHONES}: npm run demo -- --phones 5000`,
  );
  process.exit(2);
}
// Nothing is lost if the machine stops: a directory that was not filled to the end is not used.
process.env.PGOPTIONS = "-c synchronous_commit=off -c maintenance_work_mem=512MB";
try {
  process.exitCode = await demonstrate();
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}

async function demonstrate(): Promise<number> {
  // Before PostgreSQL, which root starts as another account, looks for a way into the directory.
  await prepareDataDirectory(env().DATA_DIRECTORY);
  const database = await openDatabase();
  try {
    const begin = performance.now();
    const filled = await fillDemo(phones);
    if (filled === "not_empty") {
      console.error(
        `${env().DATA_DIRECTORY} has pools or phones of its own, or was not filled to the end. Delete it, or set DATA_DIRECTORY to a new directory.`,
      );
      return 1;
    }
    if (filled === "filled") {
      const seconds = (performance.now() - begin) / 1000;
      console.log(`Filled with ${phones} phones in ${seconds.toFixed(0)} seconds.`);
    }
    return values["fill-only"] === true ? 0 : await serve();
  } finally {
    await database.close();
  }
}

/** Runs the server as `npm start` does, until it ends. It shares the database that is open here. */
async function serve(): Promise<number> {
  delete process.env.PGOPTIONS;
  const server = spawn(process.execPath, [...process.execArgv, "server.ts"], {
    stdio: "inherit",
  });
  const asking = new AbortController();
  // The terminal sends the signal to both; this process waits for the server.
  (["SIGINT", "SIGTERM"] as const).forEach((signal) =>
    process.on(signal, () => {
      asking.abort();
      server.kill(signal);
    }),
  );
  const ended = once(server, "exit");
  void ended.then(() => {
    asking.abort();
  });
  const serverUrl = `http://127.0.0.1:${env().PORT}`;
  if (await isReady(serverUrl, asking.signal)) {
    console.log(
      `Open http://localhost:${env().PORT} and sign in as "admin" with the password "${env().ADMIN_PASSWORD ?? ""}".`,
    );
    await keepAsking({ databaseUrl: directDatabaseUrl(), serverUrl, signal: asking.signal });
  }
  await ended;
  return server.exitCode ?? 0;
}

async function isReady(serverUrl: string, signal: AbortSignal): Promise<boolean> {
  const until = Date.now() + START_WITHIN_MS;
  while (!signal.aborted && Date.now() < until) {
    const answer = await fetch(new URL("/readyz", serverUrl)).catch(() => null);
    if (answer !== null && answer.status === 200) {
      return true;
    }
    await delay(500, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
