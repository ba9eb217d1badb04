import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { log } from "#foundation/platform/log";
import type { ServiceReadiness } from "#phones/check/service-readiness";
import { findReadiness } from "#phones/check/server/find-readiness";
import { PROBE_PATHS } from "#phones/device-api/is-device-path";

/** Probes of several load balancers share one result. */
const SHARED_FOR_MS = 1_000;

/** `atMs` is by `performance.now()`. */
type Shared = { atMs: number; readiness: Promise<ServiceReadiness> | null };

/** Answers `/livez` and `/readyz`, in plain text; false for every other request. */
export function answerProbe(
  { url = "", method }: IncomingMessage,
  outgoing: ServerResponse,
): boolean {
  const [path = ""] = url.split("?", 1);
  if (path !== PROBE_PATHS.live && path !== PROBE_PATHS.ready) {
    return false;
  }
  if (method !== "GET" && method !== "HEAD") {
    send(outgoing, 405, "use GET\n");
  } else if (path === PROBE_PATHS.live) {
    send(outgoing, 200, "live\n");
  } else {
    void answerReadiness(outgoing);
  }
  return true;
}

async function answerReadiness(outgoing: ServerResponse): Promise<void> {
  try {
    const { status, parts } = await sharedReadiness();
    const lines = parts.map(({ name, word }) => `${name}: ${word}\n`);
    send(outgoing, status === "unready" ? 503 : 200, `${status}\n${lines.join("")}`);
  } catch (error) {
    log().error({ err: error }, "the readiness could not be found");
    send(outgoing, 503, "unready\n");
  }
}

function sharedReadiness(): Promise<ServiceReadiness> {
  const nowMs = performance.now();
  const shared = oncePerProcess<Shared>("readiness", () => ({ atMs: 0, readiness: null }));
  if (shared.readiness === null || nowMs - shared.atMs >= SHARED_FOR_MS) {
    shared.atMs = nowMs;
    shared.readiness = findReadiness(new Date());
  }
  return shared.readiness;
}

function send(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  outgoing.end(body);
}
