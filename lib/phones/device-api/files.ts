import "server-only";
import type { OfferedFile } from "#phones/check/rule-table";
import { findOfferedFile } from "#phones/check/server/find-offered-file";
import { AppError } from "#foundation/core/errors";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import type { FileAnswer } from "#phones/device-api/answer-file";
import { answerFile } from "#phones/device-api/answer-file";
import { followDownload } from "#phones/device-api/follow-download";
import { sendContent } from "#phones/device-api/send-content";
import { takeTransfer } from "#phones/device-api/transfer-slots";
import type { ByteRange } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";

/** An administrator has to import the package again, which takes minutes at best. */
const FAULTY_RETRY_SECONDS = 300;

/** Serves the files below a root; everything of which no rule holds the version does not exist. */
export function filesBelow(
  root: string,
): (c: DeviceContext, caller: DeviceCaller) => Promise<Response> {
  return async (c, caller) => {
    // Not the path that Hono hands out: that one is decoded already, and names may hold percent signs.
    const { pathname } = new URL(c.req.url);
    const offered = climbs(c.env.incoming?.url ?? "")
      ? null
      : findOfferedFile(pathname.slice(root.length + 1));
    if (offered === null) {
      throw new AppError("not_found", "No rule holds a version with a file under this path.");
    }
    const header = (name: string): string | null => c.req.header(name) ?? null;
    const answer = answerFile(offered, { method: c.req.method, header });
    if (answer.range === null) {
      if (isOfContent(answer)) {
        await requireContent(offered, null);
      }
      return sendContent(c, answer, null);
    }
    const release = takeTransfer(caller);
    try {
      const content = await requireContent(offered, answer.range);
      const followed = followDownload({ c, caller, offered }, content, answer.range);
      return await sendContent(c, answer, withSlot(c, followed, release));
    } catch (error) {
      release();
      throw error;
    }
  };
}

/**
 * Holds the slot of a transfer until the phone has taken the answer or left. Under Next there is no response of Node's,
 * and what was taken from the content counts.
 */
function withSlot(
  { env: { outgoing } }: DeviceContext,
  content: AsyncIterable<Uint8Array>,
  release: () => void,
): AsyncIterable<Uint8Array> {
  if (outgoing === undefined) {
    return releasedAfter(content, release);
  }
  outgoing.once("close", release);
  if (outgoing.destroyed) {
    release();
  }
  return content;
}

async function* releasedAfter(
  content: AsyncIterable<Uint8Array>,
  release: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } finally {
    release();
  }
}

/** Whether an answer is about bytes in the store; a phone that has them already (304) needs none. */
function isOfContent({ status }: FileAnswer): boolean {
  return status === 200 || status === 206;
}

/** Content that was verified. A phone that asks for other content comes again later: its repair is an import. */
async function requireContent(
  { file: { sha256 }, fault }: OfferedFile,
  range: ByteRange | null,
): Promise<AsyncIterable<Uint8Array>> {
  const content = await fileStore().open(sha256, {
    ...(range === null ? {} : { range }),
    distrustBefore: fault?.since ?? null,
  });
  if (content.kind === "problem") {
    throw new AppError("unavailable", `The content of ${sha256} is ${content.problem}.`, {
      retryAfterSeconds: FAULTY_RETRY_SECONDS,
    });
  }
  return content.pieces;
}

/** A URL is resolved before anybody sees it, and then a path that climbs looks like any other; no phone sends one. */
function climbs(target: string): boolean {
  return /(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\?]|%2f|%5c|$)/i.test(target);
}
