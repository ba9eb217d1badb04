// Prepares a start and ends: binds the ports, migrates the database and creates what a new installation needs. It is a
// process of its own so that its memory, most of all that of the migrations, is given back.
import "server-only";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import process from "node:process";
import { backends } from "#access/credentials/server/backends";
import { startAnchor } from "#foundation/audit/server/start-anchor";
import { joinContentStore } from "#firmware/files/server/content-store-identity";
import { AppError } from "#foundation/core/errors";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import { waitForTransactions } from "#foundation/platform/db/client";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { retryWhileAway } from "#foundation/platform/db/retry-while-away";
import { warnOfOtherSessionKey } from "#foundation/platform/db/session-key-claim";
import { env } from "#foundation/platform/env";
import { nameProcess } from "#foundation/platform/log";
import { prepareCheckPartitions } from "#phones/check-log/server/keep-check-days";
import { backUpBeforeMigration } from "#programs/backup/server/back-up-before-migration";
import { bootstrap } from "#programs/bootstrap";
import { firstBaseUrls } from "#programs/first-base-urls";
import { isDevelopment } from "#programs/server/drain";
import { isOrder, LISTENERS } from "#programs/server/messages";
import { openListeners } from "#programs/server/open-listeners";
import type { Listeners } from "#programs/server/open-listeners";
import { reportFailure } from "#programs/server/report-failure";
import { tell } from "#programs/server/tell";

/** Only refusals are in progress. */
const CLOSE_MS = 1_000;
/** How long a database that was reached may then be busy or away. */
const DATABASE_WAIT_MS = 60_000;

/** A repeated attempt finds the administrator that an earlier one created. */
const generatedPassword: { value: string | null } = { value: null };

async function main(): Promise<void> {
  requirePanel();
  // Contradictory settings stop the start before it creates anything, instead of failing at the first phone.
  backends();
  await using running = new AsyncDisposableStack();
  const listeners = await openListeners({
    running,
    sockets: new Map(),
    drainMs: () => CLOSE_MS,
    isReporting: false,
  });
  for (const name of LISTENERS) {
    const listener = listeners[name];
    if (listener !== null) {
      const { port, isTls, socket } = listener;
      tell({ kind: "bound", listener: name, port, isTls }, socket);
    }
  }
  const begun = untilBegun();
  tell({ kind: "all_bound" });
  await begun;
  waitForTransactions(DATABASE_WAIT_MS);
  await retryWhileAway(DATABASE_WAIT_MS, () => prepareDatabase(running, listeners));
}

/** Each step may run again: what an earlier attempt has done is found done. */
async function prepareDatabase(running: AsyncDisposableStack, listeners: Listeners): Promise<void> {
  // A database of its own has its own backups.
  const isEmbedded = env().DATABASE_URL === undefined;
  await migrateDatabase(
    directDatabaseUrl(),
    isEmbedded ? { beforeMigration: backUpBeforeMigration } : {},
  );
  // Refuses another content store now, before anything of it is used. Each process below joins again.
  running.defer((await joinContentStore()).release);
  await warnOfOtherSessionKey();
  generatedPassword.value = (await firstStart(listeners)) ?? generatedPassword.value;
  const now = new Date();
  await startAnchor(now);
  // The first check may arrive before the worker has started, which creates the partitions of later days.
  await prepareCheckPartitions(now);
  tell({ kind: "prepared", generatedPassword: generatedPassword.value });
}

/** Next would report this too, but only after everything else has started. */
function requirePanel(): void {
  if (!isDevelopment() && !existsSync(".next/BUILD_ID")) {
    throw new AppError(
      "invalid_state",
      'The panel has not been built: use "npm start", which builds it.',
    );
  }
}

/** The supervisor has opened the database and owns the data directory. */
async function untilBegun(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.on("message", (message: unknown) => {
      if (isOrder(message) && message.kind === "begin") {
        resolve();
      }
    });
  });
}

async function firstStart({ internal, internalTls, external }: Listeners): Promise<string | null> {
  const { ADMIN_PASSWORD, POOL_FQDN, PUBLIC_URL } = env();
  const poolFqdn = POOL_FQDN ?? hostname().toLowerCase();
  const baseUrls = firstBaseUrls({
    poolFqdn,
    publicUrl: PUBLIC_URL ?? null,
    port: internal.port,
    tlsPort: internalTls?.port ?? null,
    external: external && { port: external.port, isTls: external.isTls },
  });
  const { generatedPassword } = await bootstrap(
    { adminPassword: ADMIN_PASSWORD, poolFqdn, ...baseUrls },
    new Date(),
  );
  return generatedPassword;
}

process.noDeprecation = true;
nameProcess("prepare");
process.once("disconnect", () => process.exit(1));
(["SIGINT", "SIGTERM", "SIGHUP"] as const).forEach((signal) => process.on(signal, () => undefined));
try {
  await main();
  process.exit(0);
} catch (error) {
  reportFailure(error);
  process.exit(1);
}
