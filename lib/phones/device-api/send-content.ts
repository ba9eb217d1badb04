import "server-only";
import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { FileAnswer } from "#phones/device-api/answer-file";
import type { DeviceContext } from "#phones/device-api/device-env";
import { toStream } from "#firmware/files/to-stream";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";

/** The maximum that is still unsent after the last write: one piece of the content. */
const MAX_UNSENT_BYTES = 128 * 1024;

/**
 * Answers with the content of a file. Writes to Node's response if there is one: pieces that many phones share go to
 * each socket directly, without streams in between that copy them.
 */
export async function sendContent(
  { env }: DeviceContext,
  { status, headers }: FileAnswer,
  content: AsyncIterable<Uint8Array> | null,
): Promise<Response> {
  if (content === null || env.outgoing === undefined) {
    return new Response(content === null ? null : toStream(content), {
      status,
      headers,
    });
  }
  env.outgoing.writeHead(status, headers);
  await writeContent(env.outgoing, content);
  return RESPONSE_ALREADY_SENT;
}

/** Reads only as fast as the phone receives, and stops when it disconnects. */
async function writeContent(
  outgoing: ServerResponse,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const piece of content) {
      if (outgoing.destroyed) {
        return;
      }
      if (!outgoing.write(piece)) {
        await taken(outgoing, "drain", piece.length);
      }
    }
    outgoing.end();
    await taken(outgoing, "finish", MAX_UNSENT_BYTES);
  } catch (error) {
    // Content-Length is already sent; destroying the socket is the only way to report failure.
    log().error({ err: error }, "An image could not be sent completely");
    outgoing.destroy();
  }
}

/**
 * Waits until the phone has received what was written, or has disconnected. Then yields to the event loop: otherwise a
 * fast phone would get its whole image before any other request is served. A phone below the minimum rate is cut off,
 * because it holds a slot that other phones wait for.
 */
function taken(
  outgoing: ServerResponse,
  event: "drain" | "finish",
  sizeBytes: number,
): Promise<void> {
  if (outgoing.writableFinished || outgoing.destroyed) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const timer = cutOffAfter(outgoing, sizeBytes);
    const settle = (): void => {
      clearTimeout(timer);
      outgoing.off(event, settle);
      outgoing.off("close", settle);
      setImmediate(resolve);
    };
    outgoing.on(event, settle);
    outgoing.on("close", settle);
  });
}

function cutOffAfter(outgoing: ServerResponse, sizeBytes: number): NodeJS.Timeout | undefined {
  const { MIN_TRANSFER_BYTES_PER_SECOND: minRate, TRANSFER_WINDOW_SECONDS } = env();
  if (minRate === 0) {
    return undefined;
  }
  const seconds = Math.max(TRANSFER_WINDOW_SECONDS, sizeBytes / minRate);
  return setTimeout(() => {
    log().debug({ seconds, sizeBytes }, "A phone took its image too slowly and was cut off");
    outgoing.destroy();
  }, seconds * 1000).unref();
}
