import "server-only";
import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { FileAnswer } from "#phones/device-api/answer-file";
import type { DeviceContext } from "#phones/device-api/device-env";
import { toStream } from "#firmware/files/to-stream";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";

/** What may be waiting for the phone once everything was written: a piece of the content. */
const MAX_UNSENT_BYTES = 128 * 1024;

/**
 * Answers with the content of a file. Where there is a native response it is written there: pieces that many phones share
 * go to each of their sockets as they are, without a stream of streams in between that copies them.
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

/** Reads on only as fast as the phone takes, and no further once it has left. */
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
    // The head has promised more than can be given: only an end that is none tells the phone.
    log().error({ err: error }, "An image could not be sent to its end");
    outgoing.destroy();
  }
}

/**
 * Waits until the phone has taken what was written, or has left. And then until every other request had a turn: a phone
 * that takes as fast as it is given would otherwise be given its whole image at once. A phone that takes less than the
 * minimum rate is cut off: it holds a slot that other phones wait for.
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
