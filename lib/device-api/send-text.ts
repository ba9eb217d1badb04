import "server-only";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { DeviceContext } from "#lib/device-api/device-env";

export type TextAnswer = {
  readonly status: number;
  readonly contentType: string;
  /** Null where the status allows none. */
  readonly body: string | null;
};

/**
 * Answers with a text. Where there is a native response it is written there: to make a `Response` of it and have it
 * taken apart again costs as much as the whole check.
 */
export function sendText(
  { env }: DeviceContext,
  { status, contentType, body }: TextAnswer,
): Response {
  const headers = { "content-type": contentType, "cache-control": "no-store" };
  if (env.outgoing === undefined) {
    return new Response(body, { status, headers });
  }
  const lengthBytes = Buffer.byteLength(body ?? "");
  env.outgoing.writeHead(status, { ...headers, "content-length": lengthBytes });
  env.outgoing.end(body ?? "");
  return RESPONSE_ALREADY_SENT;
}
