import "server-only";
import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { DeviceContext } from "#phones/device-api/device-env";

export type TextAnswer = {
  readonly status: number;
  readonly contentType: string;
  /** Null if the status allows no body. */
  readonly body: string | null;
};

/**
 * Answers with a text. Writes to Node's response if there is one: building a `Response` and converting it again costs
 * as much as the whole check.
 */
export function sendText({ env }: DeviceContext, answer: TextAnswer): Response {
  if (env.outgoing === undefined) {
    const { status, contentType, body } = answer;
    return new Response(body, {
      status,
      headers: { "content-type": contentType, "cache-control": "no-store" },
    });
  }
  writeText(env.outgoing, answer);
  return RESPONSE_ALREADY_SENT;
}

/** Writes a text to Node's response. */
export function writeText(
  outgoing: ServerResponse,
  { status, contentType, body }: TextAnswer,
): void {
  outgoing.writeHead(status, {
    "content-type": contentType,
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(body ?? ""),
  });
  outgoing.end(body ?? "");
}
