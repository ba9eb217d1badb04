import "server-only";
import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { FileAnswer } from "#lib/device-api/answer-file";
import type { DeviceContext } from "#lib/device-api/device-env";
import { toStream } from "#lib/files/to-stream";
import { log } from "#lib/platform/log";

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
        await drained(outgoing);
      }
    }
    outgoing.end();
  } catch (error) {
    // The head has promised more than can be given: only an end that is none tells the phone.
    log().error({ err: error }, "An image could not be sent to its end");
    outgoing.destroy();
  }
}

/**
 * Until there is room again, or nobody any more who needs it. And then until everybody else had a turn: a phone that takes
 * as fast as it is given would otherwise be given its whole image at once.
 */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      outgoing.off("drain", settle);
      outgoing.off("close", settle);
      setImmediate(resolve);
    };
    outgoing.on("drain", settle);
    outgoing.on("close", settle);
  });
}
