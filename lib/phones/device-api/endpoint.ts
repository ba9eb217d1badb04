import "server-only";
import type { Hono } from "hono";
import { challengesFor } from "#access/credentials/server/check-caller";
import { AppError } from "#foundation/core/errors";
import { isCapturing } from "#phones/captures/server/capturer";
import { admit, pendingChallenge } from "#phones/device-api/admit";
import { captureExchange } from "#phones/device-api/capture-exchange";
import type { DeviceCaller, DeviceContext, DeviceEnv } from "#phones/device-api/device-env";
import { phoneConnection } from "#phones/device-api/phone-connection";
import type { Refusal } from "#phones/device-api/record-refusal";
import type { Dialect, Side } from "#fleet/devices/model";
import { problemResponse } from "#foundation/platform/http/problem-response";

/** Something phones may ask for under a path, by method. A surface is a list of these; each language has one. */
export type Endpoint = {
  /** As Hono writes it. */
  readonly path: string;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly handlers: Readonly<Partial<Record<Method, Handler>>>;
  /** Told when a request to this endpoint is refused, by whichever step. */
  readonly onRefused?: (c: DeviceContext, refusal: Refusal) => Promise<void>;
};

type Method = "GET" | "HEAD" | "POST";
type Handler = (c: DeviceContext, caller: DeviceCaller) => Response | Promise<Response>;

/**
 * Mounts an endpoint. One handler and no middleware: a check takes tens of microseconds, and every layer shows.
 */
export function mount(app: Hono<DeviceEnv>, endpoint: Endpoint): void {
  app.all(endpoint.path, async (c) => {
    const response = await answer(endpoint, c);
    if (isCapturing()) {
      await captureExchange(c, endpoint, sentStatus(c, response));
    }
    return response;
  });
}

/** What was written to Node's response directly says its status there. */
function sentStatus({ env: { outgoing } }: DeviceContext, { status }: Response): number {
  return outgoing?.headersSent === true ? outgoing.statusCode : status;
}

async function answer(endpoint: Endpoint, c: DeviceContext): Promise<Response> {
  let caller: DeviceCaller | null = null;
  try {
    caller = await admit(c, endpoint.side);
    return await requireHandler(endpoint, c.req.method)(c, caller);
  } catch (error) {
    // Half of a handshake is no check yet.
    if (pendingChallenge(c) === null) {
      await endpoint.onRefused?.(c, { side: endpoint.side, error, caller });
    }
    return refuse(c, error, allowHeader(endpoint, error));
  }
}

/** Answers a path that is none, to those who would have been let in if it were one. */
export async function refuseUnknownPath(c: DeviceContext, side: Side): Promise<Response> {
  try {
    await admit(c, side);
    throw new AppError("not_found", "There is nothing under this path.");
  } catch (error) {
    return refuse(c, error);
  }
}

/** Answers a failure as a problem, with a challenge where credentials are missing. */
export function refuse(
  c: DeviceContext,
  error: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const request = { method: c.req.method, path: c.req.path };
  return error instanceof AppError && error.code === "unauthenticated"
    ? problemResponse(error, { ...request, headers: { ...headers, ...challengeHeader(c) } })
    : problemResponse(error, { ...request, headers });
}

/** Old clients look for their scheme at the start of a line, so where that is possible each has a line of its own. */
function challengeHeader(c: DeviceContext): Record<string, string> {
  const pending = pendingChallenge(c);
  const challenges = pending === null ? challengesFor(phoneConnection(c)) : [pending];
  const { outgoing } = c.env;
  if (outgoing === undefined || challenges.length === 1) {
    return { "www-authenticate": challenges.join(", ") };
  }
  outgoing.setHeader("www-authenticate", challenges);
  return {};
}

function requireHandler({ handlers }: Endpoint, method: string): Handler {
  const handler = isMethod(method) ? handlers[method] : undefined;
  if (handler === undefined) {
    throw new AppError("method_not_allowed", `${method} is not possible here.`);
  }
  return handler;
}

function isMethod(method: string): method is Method {
  return method === "GET" || method === "HEAD" || method === "POST";
}

function allowHeader({ handlers }: Endpoint, error: unknown): Record<string, string> {
  return error instanceof AppError && error.code === "method_not_allowed"
    ? { allow: Object.keys(handlers).join(", ") }
    : {};
}
