import "server-only";
import type { Hono } from "hono";
import { challengesFor } from "#access/credentials/server/check-caller";
import { AppError } from "#foundation/core/errors";
import { isCapturing } from "#phones/captures/server/capturer";
import { admit, pendingChallenge } from "#phones/device-api/admit";
import { captureExchange } from "#phones/device-api/capture-exchange";
import type { DeviceCaller, DeviceContext, DeviceEnv } from "#phones/device-api/device-env";
import { phoneConnection } from "#phones/device-api/source-address";
import type { Refusal } from "#phones/device-api/record-refusal";
import type { Dialect, Side } from "#fleet/devices/model";
import { problemResponse } from "#foundation/platform/http/problem-response";

/** A path with its handlers by method. Each dialect is a list of endpoints. */
export type Endpoint = {
  /** In Hono's syntax. */
  readonly path: string;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly handlers: Readonly<Partial<Record<Method, Handler>>>;
  /** Called when any step refuses a request to this endpoint. */
  readonly onRefused?: (c: DeviceContext, refusal: Refusal) => Promise<void>;
};

type Method = "GET" | "HEAD" | "POST";
type Handler = (c: DeviceContext, caller: DeviceCaller) => Response | Promise<Response>;

/**
 * Mounts an endpoint as one handler without middleware: a check takes tens of microseconds, so every layer is a
 * measurable cost.
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

/** A response that was written directly has its status on Node's response. */
function sentStatus({ env: { outgoing } }: DeviceContext, { status }: Response): number {
  return outgoing?.headersSent === true ? outgoing.statusCode : status;
}

async function answer(endpoint: Endpoint, c: DeviceContext): Promise<Response> {
  let caller: DeviceCaller | null = null;
  try {
    caller = await admit(c, endpoint.side);
    return await requireHandler(endpoint, c.req.method)(c, caller);
  } catch (error) {
    // An unfinished handshake is not recorded as a refused check.
    if (pendingChallenge(c) === null) {
      await endpoint.onRefused?.(c, { side: endpoint.side, error, caller });
    }
    return refuse(c, error, allowHeader(endpoint, error));
  }
}

/**
 * Answers 404 for an unknown path, but only to a phone that is admitted. Other phones get the same refusal as for a
 * known path.
 */
export async function refuseUnknownPath(c: DeviceContext, side: Side): Promise<Response> {
  try {
    await admit(c, side);
    throw new AppError("not_found", "There is nothing under this path.");
  } catch (error) {
    return refuse(c, error);
  }
}

/** Answers an error with problem details, and with a challenge if it is `unauthenticated`. */
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

/**
 * Old clients look for their scheme only at the start of a header line, so each challenge gets its own line if
 * possible.
 */
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
    throw new AppError("method_not_allowed", `The method ${method} is not allowed here.`);
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
