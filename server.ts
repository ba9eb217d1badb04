import { existsSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { hostname } from "node:os";
import process from "node:process";
import { TLSSocket } from "node:tls";
import next from "next";
import { startAnchor } from "#foundation/audit/server/start-anchor";
import { SOCKET_ADDRESS_HEADER } from "#access/auth/server/socket-address";
import { AppError } from "#foundation/core/errors";
import { backends } from "#access/credentials/server/backends";
import { isDevicePath } from "#phones/device-api/is-device-path";
import { deviceListener } from "#phones/device-api/listener";
import { withPlainHead } from "#phones/device-api/request-head";
import { isTrustedProxy, socketAddress } from "#phones/device-api/source-address";
import { startPhoneServices } from "#phones/device-api/start-phone-services";
import { collectUnreferenced } from "#firmware/files/server/collect-unreferenced";
import { forgetImports } from "#firmware/imports/server/forget-imports";
import { IMPORT_TASKS, sweepImports } from "#firmware/imports/server/import-task";
import { claimDataDirectory, prepareDataDirectory } from "#foundation/platform/data-directory";
import { sweepIncomingLogs } from "#phones/device-logs/server/clean-up";
import { openDatabase } from "#foundation/platform/db/open";
import { env } from "#foundation/platform/env";
import { repeatTask } from "#foundation/platform/repeat-task";
import { explainFailure } from "#foundation/platform/explain-failure";
import { boundRequests } from "#foundation/platform/http/bound-requests";
import { FORWARDED_SCHEME_HEADER } from "#foundation/platform/http/panel-request";
import { startWorker } from "#foundation/platform/jobs";
import { openListener } from "#foundation/platform/listener";
import type { Listener, ListenerOptions } from "#foundation/platform/listener";
import { log } from "#foundation/platform/log";
import { declareOwnServer } from "#foundation/platform/own-server";
import { setRequestHeader } from "#foundation/platform/request-headers";
import { stopRequest } from "#foundation/platform/stop-request";
import { openCertificates } from "#foundation/platform/tls/open-certificates";
import { planTls } from "#foundation/platform/tls/plan";
import { firstBaseUrls } from "#programs/first-base-urls";
import { backUpBeforeMigration } from "#programs/backup/server/back-up-before-migration";
import { bootstrap } from "#programs/bootstrap";

const HOUR_MS = 60 * 60 * 1000;
const DRAIN_MS = 10_000;
const COLLECT_EVERY_MS = 6 * HOUR_MS;
const COLLECT_AFTER_DAYS = 1;
/** An upload counts as abandoned after half an hour, so it is removed within the hour. */
const SWEEP_EVERY_MS = HOUR_MS / 4;

/** Runs the listeners, the job worker and everything that they need in one process. Resolves to the exit code. */
async function main(): Promise<number> {
  const stopping = stopRequest();
  // Everything that was started is stopped in reverse order, also if a later start fails.
  const running = new AsyncDisposableStack();
  try {
    await start(running);
    const signal = await stopping;
    log().info({ signal }, "stopping");
    await running.disposeAsync();
    return 0;
  } catch (error) {
    await running.disposeAsync().catch((stopError: unknown) => {
      log().error({ err: stopError }, "could not stop cleanly");
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

/** Next would report this too, but only after everything else has started. */
function requirePanel(): void {
  if (!isDevelopment() && !existsSync(".next/BUILD_ID")) {
    throw new AppError(
      "invalid_state",
      'The panel has not been built: use "npm start", which builds it.',
    );
  }
}

async function start(running: AsyncDisposableStack): Promise<void> {
  requirePanel();
  const { DATA_DIRECTORY } = env();
  // Contradictory settings stop the start before it creates anything, instead of failing at the first phone.
  backends();
  const listeners = await openListeners(running);
  await prepareDataDirectory(DATA_DIRECTORY);
  const database = await openDatabase({ beforeMigration: backUpBeforeMigration });
  running.defer(database.close);
  const claim = await claimDataDirectory(DATA_DIRECTORY);
  running.defer(claim.release);

  const generatedPassword = await firstStart(listeners);
  await startAnchor(new Date());
  await startServices(running);
  await serve(running, listeners);
  announce(listeners, generatedPassword);
}

/**
 * next-auth reads its own address from its own variables: the public URL if there is one, else the address that the
 * browser used, so that the panel works under every name of this machine.
 */
function tellNextAuth(): void {
  const { PUBLIC_URL } = env();
  if (PUBLIC_URL === undefined) {
    process.env.AUTH_TRUST_HOST = "true";
  } else {
    process.env.NEXTAUTH_URL = PUBLIC_URL;
  }
}

type Listeners = {
  readonly internal: Listener;
  /** The same as the internal one, over TLS. */
  readonly internalTls: Listener | null;
  readonly external: Listener | null;
};

async function openListeners(running: AsyncDisposableStack): Promise<Listeners> {
  const { PORT, EXTERNAL_PORT, HOST, REQUEST_TIMEOUT_SECONDS } = env();
  const requestTimeoutMs = REQUEST_TIMEOUT_SECONDS * 1000;
  const tls = planTls(env());
  const certificates = await openCertificates(tls, running);
  const open = async (
    options: Omit<ListenerOptions, "host" | "requestTimeoutMs">,
  ): Promise<Listener> => {
    const listener = await openListener({ ...options, host: HOST, requestTimeoutMs });
    running.defer(() => listener.close(drainMs()));
    return listener;
  };
  const internal = await open({ port: PORT, setting: "PORT", certificate: null });
  const internalTls =
    tls.internal === null
      ? null
      : await open({
          port: tls.internal.port,
          setting: "TLS_PORT",
          certificate: certificates.internal,
        });
  const external =
    EXTERNAL_PORT === undefined
      ? null
      : await open({
          port: EXTERNAL_PORT,
          setting: "EXTERNAL_PORT",
          certificate: certificates.external,
        });
  return { internal, internalTls, external };
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

async function startServices(running: AsyncDisposableStack): Promise<void> {
  const phoneServices = await startPhoneServices();
  running.defer(phoneServices.stop);
  await sweepImports();
  const sweeping = repeatTask(SWEEP_EVERY_MS, "remove unfinished uploads", async () => {
    await sweepImports();
    await sweepIncomingLogs(new Date());
  });
  running.defer(sweeping.stop);
  const worker = await startWorker(IMPORT_TASKS);
  running.defer(worker.stop);
  const collecting = repeatTask(COLLECT_EVERY_MS, "remove unreferenced files", async () => {
    await collectUnreferenced(new Date(), COLLECT_AFTER_DAYS);
    await forgetImports(new Date());
  });
  running.defer(collecting.stop);
}

/** Phones are answered before Next, which is about ten times slower. The external side serves only phones. */
async function serve(
  running: AsyncDisposableStack,
  { internal, internalTls, external }: Listeners,
): Promise<void> {
  tellNextAuth();
  declareOwnServer();
  const panel = next({ dev: isDevelopment(), dir: process.cwd() });
  await panel.prepare();
  running.defer(() => panel.close());
  const passOn = panel.getRequestHandler();
  const answerPanel = boundRequests(
    (request, response) => {
      describeConnection(request);
      void passOn(request, response);
    },
    { addressOf: socketAddress },
  );
  const answerDevice = deviceListener("internal");
  const answer = withPlainHead((request, response) => {
    if (isDevicePath(toPath(request.url))) {
      // Phones are identified by their socket, so rewriting the headers of their requests has no use.
      answerDevice(request, response);
    } else {
      answerPanel(request, response);
    }
  });
  internal.serve(answer);
  internalTls?.serve(answer);
  external?.serve(withPlainHead(deviceListener("external")));
  // Stopped first, so that requests in progress still find everything they need.
  running.defer(async () => {
    const open = [internal, internalTls, external].filter((listener) => listener !== null);
    await Promise.all(open.map((listener) => listener.close(drainMs())));
  });
}

/** Adds facts that the panel cannot see itself. Only a proxy knows how a browser reached it. */
function describeConnection(request: IncomingMessage): void {
  const address = request.socket.remoteAddress ?? "unknown";
  setRequestHeader(request, SOCKET_ADDRESS_HEADER, address);
  const isProxied = isTrustedProxy(address) && FORWARDED_SCHEME_HEADER in request.headers;
  if (request.socket instanceof TLSSocket && !isProxied) {
    setRequestHeader(request, FORWARDED_SCHEME_HEADER, "https");
  }
}

/**
 * How long requests in progress may take when the server stops. Under `npm run dev` a restart does not wait for them.
 */
function drainMs(): number {
  return isDevelopment() ? 0 : DRAIN_MS;
}

function isDevelopment(): boolean {
  return env().NODE_ENV === "development";
}

function toPath(url = "/"): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

function announce(
  { internal, internalTls, external }: Listeners,
  generatedPassword: string | null,
): void {
  const { PUBLIC_URL, TRUSTED_PROXIES } = env();
  const tls = internalTls === null ? "" : ` and https://localhost:${internalTls.port}`;
  console.log(`ucupdates is ready at ${PUBLIC_URL ?? `http://localhost:${internal.port}${tls}`}`);
  if (external?.isTls === false && TRUSTED_PROXIES.length === 0) {
    log().warn(
      "EXTERNAL_PORT has no certificate and TRUSTED_PROXIES names no proxy: only a proxy on this machine is answered there.",
    );
  }
  if (generatedPassword !== null) {
    console.log(
      `Sign in as "admin" with the password ${generatedPassword} (it is shown only once).`,
    );
  }
}

// As in the command line: Prisma's PostgreSQL adapter calls its driver in a deprecated way, and an administrator cannot
// change that.
process.noDeprecation = true;

process.exit(await main());
