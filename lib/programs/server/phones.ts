// A process that answers phones, and passes every other request on to the panel. It loads neither Next nor jobs.
import "server-only";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import process from "node:process";
import { TLSSocket } from "node:tls";
import { SOCKET_ADDRESS_HEADER } from "#access/auth/server/caller-address";
import { joinContentStore } from "#firmware/files/server/content-store-identity";
import { limitConnections } from "#foundation/platform/db/client";
import { AppError } from "#foundation/core/errors";
import { env } from "#foundation/platform/env";
import { FORWARDED_SCHEME_HEADER } from "#foundation/platform/http/panel-request";
import { passOn, passUpgradesOn } from "#foundation/platform/http/pass-on";
import { respondProblem } from "#foundation/platform/http/problem-message";
import { isDecodable } from "#foundation/platform/http/request-target";
import { isForeignMethod, refuseMethod } from "#foundation/platform/http/refuse-method";
import { extendRequestTimeout } from "#foundation/platform/http/longer-requests";
import { panelSocketPath } from "#foundation/platform/panel-socket";
import { isDevicePath } from "#phones/device-api/is-device-path";
import { deviceListener } from "#phones/device-api/listener";
import { withPlainHead } from "#phones/device-api/request-head";
import { isTrustedProxy } from "#foundation/platform/http/trusted-proxies";
import { startPhoneServices } from "#phones/device-api/start-phone-services";
import { drainMs, isDevelopment } from "#programs/server/drain";
import type { Listeners } from "#programs/server/open-listeners";
import { openListeners } from "#programs/server/open-listeners";
import { runChild } from "#programs/server/run-child";
import { answerStatus } from "#programs/server/status";

/** The name of the process that reports for all processes that answer phones. */
const FIRST = "phones-1";
/** Tables are loaded and findings written one after the other; checks are written over a connection of their own. */
const MAX_CONNECTIONS = 3;

/** Phones are answered here, and people by the panel. The external side serves only phones. */
function serve({ internal, internalTls, external }: Listeners): void {
  const socketPath = panelSocketPath();
  const answerPanel = passOn({
    socketPath,
    describe: describeConnection,
    onProcessing: (request) => {
      extendRequestTimeout(request, env().UPLOAD_TIMEOUT_SECONDS);
    },
  });
  const answerDevice = deviceListener("internal");
  const answer: RequestListener = withPlainHead((request, response) => {
    const path = toPath(request.url);
    if (isDevicePath(path)) {
      answerDevice(request, response);
    } else if (!isDecodable(path)) {
      refuseEscapes(request, response);
    } else if (isForeignMethod(request)) {
      void refuseMethod(request, response, socketPath);
    } else if (!answerStatus(path, request, response)) {
      answerPanel(request, response);
    }
  });
  for (const listener of [internal, internalTls]) {
    listener?.serve(answer);
    if (isDevelopment()) {
      listener?.server.on("upgrade", passUpgradesOn(socketPath));
    }
  }
  external?.serve(withPlainHead(deviceListener("external")));
}

function refuseEscapes({ url }: IncomingMessage, response: ServerResponse): void {
  const reason = new AppError("invalid_input", "The escapes in the path are not UTF-8.");
  respondProblem(response, reason, url);
}

/** Facts that the panel cannot see itself. Only a proxy knows how a browser reached it. */
function describeConnection({ socket, headers }: IncomingMessage): Record<string, string> {
  const address = socket.remoteAddress ?? "unknown";
  const isProxied = isTrustedProxy(address) && FORWARDED_SCHEME_HEADER in headers;
  return {
    [SOCKET_ADDRESS_HEADER]: address,
    ...(socket instanceof TLSSocket && !isProxied ? { [FORWARDED_SCHEME_HEADER]: "https" } : {}),
  };
}

function toPath(url = "/"): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

await runChild(async (running, { sockets, isOrphan }) => {
  limitConnections(MAX_CONNECTIONS);
  running.defer((await joinContentStore()).release);
  const services = await startPhoneServices();
  running.defer(services.stop);
  // Listens once it can answer: until then, other processes accept the connections, or they wait in the socket's queue.
  const listeners = await openListeners({
    running,
    sockets,
    drainMs: () => drainMs(isOrphan()),
    isReporting: process.argv[2] === FIRST,
  });
  serve(listeners);
});
