// The process of the panel and the REST API. It listens on a private socket, to which the processes for phones pass on
// the requests of people.
import "server-only";
import { once } from "node:events";
import { chmod } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import process from "node:process";
import next from "next";
import { SOCKET_ADDRESS_HEADER } from "#access/auth/server/caller-address";
import { startFindingsWriter } from "#firmware/files/server/content-keeper";
import { env } from "#foundation/platform/env";
import { boundRequests } from "#foundation/platform/http/bound-requests";
import { endEventStreams } from "#foundation/platform/event-stream";
import { declareOwnServer } from "#foundation/platform/own-server";
import { preparePanelSocket } from "#foundation/platform/panel-socket";
import { startSettings } from "#foundation/settings/server/live-settings";
import { startRuleTable } from "#phones/check/server/rule-table-loader";
import { startLiveSources } from "#phones/statistics/server/start-live-sources";
import { addressBehindProxies } from "#foundation/platform/http/trusted-proxies";
import { drainMs, isDevelopment } from "#programs/server/drain";
import { runChild } from "#programs/server/run-child";

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

async function openPanel(running: AsyncDisposableStack): Promise<Server> {
  tellNextAuth();
  declareOwnServer();
  const panel = next({ dev: isDevelopment(), dir: process.cwd() });
  await panel.prepare();
  running.defer(() => panel.close());
  const answer = panel.getRequestHandler();
  const answerBounded = boundRequests(
    (request, response) => {
      void answer(request, response);
    },
    {
      addressOf: clientOf,
      // The process that holds the connection of the client limits its time.
      extendUpload: (_request, response) => {
        response.writeProcessing();
      },
    },
  );
  // Timeouts are those of the listener that the client is connected to.
  return createServer({ requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
    nameForwarded(request);
    answerBounded(request, response);
  });
}

function clientOf({ headers }: IncomingMessage): string {
  return addressBehindProxies(peerOf(headers), headers["x-forwarded-for"]);
}

function peerOf(headers: IncomingMessage["headers"]): string {
  return String(headers[SOCKET_ADDRESS_HEADER] ?? "unknown");
}

/** Next would set this header from its socket, which has no address here. */
function nameForwarded(request: IncomingMessage): void {
  request.headers["x-forwarded-for"] ??= peerOf(request.headers);
}

async function listen(server: Server): Promise<void> {
  const path = await preparePanelSocket();
  server.listen(path);
  await once(server, "listening");
  if (process.platform !== "win32") {
    await chmod(path, 0o600);
  }
}

async function close(server: Server, withinMs: number): Promise<void> {
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, withinMs);
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}

await runChild(async (running, { isOrphan }) => {
  // First, because loading Next blocks this process for seconds, in which a new connection to the database times out.
  const server = await openPanel(running);
  for (const startTable of [startRuleTable, startSettings]) {
    running.defer((await startTable()).stop);
  }
  for (const start of [startFindingsWriter, startLiveSources]) {
    running.defer(start().stop);
  }
  await listen(server);
  running.defer(() => close(server, drainMs(isOrphan())));
  running.defer(endEventStreams);
});
