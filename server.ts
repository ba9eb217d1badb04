import { hostname } from "node:os";
import process from "node:process";
import next from "next";
import { SOCKET_ADDRESS_HEADER } from "#lib/auth/server/socket-address";
import { startRecorder } from "#lib/check/server/recorder";
import { startRuleTable } from "#lib/check/server/rule-table-loader";
import { collectUnreferenced } from "#lib/files/server/collect-unreferenced";
import { IMPORT_TASKS, sweepImports } from "#lib/imports/server/import-task";
import { claimDataDirectory, prepareDataDirectory } from "#lib/platform/data-directory";
import { openDatabase } from "#lib/platform/db/open";
import { env } from "#lib/platform/env";
import { every } from "#lib/platform/every";
import { explainFailure } from "#lib/platform/explain-failure";
import { startWorker } from "#lib/platform/jobs";
import { openListener, setRequestHeader } from "#lib/platform/listener";
import type { Listener } from "#lib/platform/listener";
import { log } from "#lib/platform/log";
import { stopRequest } from "#lib/platform/stop-request";
import { bootstrap } from "#lib/settings/server/bootstrap";

const HOUR_MS = 60 * 60 * 1000;
/** An upload of 2 GiB over a slow line. */
const INTERNAL_REQUEST_TIMEOUT_MS = 2 * HOUR_MS;
const DRAIN_MS = 10_000;
const COLLECT_EVERY_MS = 6 * HOUR_MS;
const COLLECT_AFTER_DAYS = 1;

/** One process: the listeners, the job worker, and everything they need. Ends with the exit code. */
async function main(): Promise<number> {
  const stopping = stopRequest();
  // Whatever was started is stopped in reverse order, also when a later start fails.
  const running = new AsyncDisposableStack();
  try {
    await start(running);
    const signal = await stopping;
    log().info({ signal }, "stopping");
    await running.disposeAsync();
    return 0;
  } catch (error) {
    await running.disposeAsync().catch((stopError: unknown) => {
      log().error({ err: stopError }, "could not stop in order");
    });
    const sentence = explainFailure(error);
    if (sentence === null) {
      log().fatal({ err: error }, "could not start or stop");
    } else {
      console.error(sentence);
    }
    return 1;
  }
}

async function start(running: AsyncDisposableStack): Promise<void> {
  const { PORT, HOST, DATA_DIRECTORY } = env();
  const listener = await openListener({
    port: PORT,
    host: HOST,
    setting: "PORT",
    requestTimeoutMs: INTERNAL_REQUEST_TIMEOUT_MS,
  });
  running.defer(() => listener.close(DRAIN_MS));

  await prepareDataDirectory(DATA_DIRECTORY);
  const database = await openDatabase();
  running.defer(database.close);
  const claim = await claimDataDirectory(DATA_DIRECTORY);
  running.defer(claim.release);

  const generatedPassword = await firstStart(listener.port);
  await startServices(running);
  await serve(running, listener);
  announce(listener.port, generatedPassword);
}

async function firstStart(port: number): Promise<string | null> {
  const { ADMIN_PASSWORD, POOL_FQDN, PUBLIC_URL, EXTERNAL_PORT } = env();
  const poolFqdn = POOL_FQDN ?? hostname().toLowerCase();
  const internalBaseUrl = PUBLIC_URL ?? `http://${poolFqdn}:${port}`;
  const externalBaseUrl =
    EXTERNAL_PORT === undefined ? internalBaseUrl : `http://${poolFqdn}:${EXTERNAL_PORT}`;
  const { generatedPassword } = await bootstrap(
    { adminPassword: ADMIN_PASSWORD, poolFqdn, internalBaseUrl, externalBaseUrl },
    new Date(),
  );
  return generatedPassword;
}

async function startServices(running: AsyncDisposableStack): Promise<void> {
  const ruleTable = await startRuleTable();
  running.defer(ruleTable.stop);
  const recorder = startRecorder();
  running.defer(recorder.stop);
  await sweepImports();
  const worker = await startWorker(IMPORT_TASKS);
  running.defer(worker.stop);
  const collecting = every(COLLECT_EVERY_MS, "remove unreferenced files", async () => {
    await collectUnreferenced(new Date(), COLLECT_AFTER_DAYS);
  });
  running.defer(collecting.stop);
}

/** Phones are answered in front of Next, which is an order of magnitude slower. */
async function serve(running: AsyncDisposableStack, listener: Listener): Promise<void> {
  const panel = next({ dev: env().NODE_ENV === "development", dir: process.cwd() });
  await panel.prepare();
  running.defer(() => panel.close());
  const answerPanel = panel.getRequestHandler();
  listener.serve((request, response) => {
    setRequestHeader(request, SOCKET_ADDRESS_HEADER, request.socket.remoteAddress ?? "unknown");
    void answerPanel(request, response);
  });
  // The first to stop: what is under way still finds everything it needs.
  running.defer(() => listener.close(DRAIN_MS));
}

function announce(port: number, generatedPassword: string | null): void {
  const { PUBLIC_URL } = env();
  console.log(`ucupdates is ready at ${PUBLIC_URL ?? `http://localhost:${port}`}`);
  if (generatedPassword !== null) {
    console.log(
      `Sign in as "admin" with the password ${generatedPassword} (it is shown only once).`,
    );
  }
}

process.exit(await main());
