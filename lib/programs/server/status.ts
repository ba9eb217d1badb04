import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#foundation/core/errors";
import { respondProblem } from "#foundation/platform/http/problem-message";
import { findHealth } from "#phones/check/server/find-health";
import { isInternalAddress, socketAddress } from "#phones/device-api/source-address";
import { collectMetrics } from "#programs/server/collect-metrics";

type Status = { readonly contentType: string; readonly text: string };

/**
 * Answers `/api/health` and `/api/metrics`, if the path is one of them. Not the panel: a load balancer must not take away a
 * server whose phones are answered, and metrics count most while something is down.
 */
export function answerStatus(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const find =
    path === "/api/health" ? findHealthText : path === "/api/metrics" ? findMetrics : null;
  if (find === null || (request.method !== "GET" && request.method !== "HEAD")) {
    return false;
  }
  void respond(() => find(request), request, response);
  return true;
}

async function respond(
  find: () => Promise<Status>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { contentType, text } = await find();
    response.writeHead(200, {
      "content-type": contentType,
      "content-length": Buffer.byteLength(text),
      "cache-control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : text);
  } catch (error) {
    const reason =
      error instanceof AppError
        ? error
        : new AppError("unavailable", "The status cannot be read.", { cause: error });
    respondProblem(response, reason, request.url);
  }
}

/** `?probe=live` tests only that the process answers. Otherwise, tests everything that the service needs. */
async function findHealthText({ url }: IncomingMessage): Promise<Status> {
  const isLive = new URL(url ?? "/", "http://localhost").searchParams.get("probe") === "live";
  const health = isLive ? { status: "live" } : await findHealth();
  return { contentType: "application/json", text: JSON.stringify(health) };
}

/** For monitoring systems inside the firewall. */
async function findMetrics(request: IncomingMessage): Promise<Status> {
  if (!isInternalAddress(socketAddress(request))) {
    throw new AppError("forbidden", "Metrics are shown inside the firewall only.");
  }
  return {
    contentType: "text/plain; version=0.0.4; charset=utf-8",
    text: await collectMetrics(),
  };
}
