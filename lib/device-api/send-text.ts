import "server-only";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { DeviceContext } from "#lib/device-api/device-env";

/**
 * Answers 200 with a text. Where there is a native response it is written there: to make a `Response` of it and have it
 * taken apart again costs as much as the whole check.
 */
export function sendText({ env }: DeviceContext, contentType: string, text: string): Response {
  const headers = { "content-type": contentType, "cache-control": "no-store" };
  if (env.outgoing === undefined) {
    return new Response(text, { headers });
  }
  env.outgoing.writeHead(200, { ...headers, "content-length": Buffer.byteLength(text) });
  env.outgoing.end(text);
  return RESPONSE_ALREADY_SENT;
}
