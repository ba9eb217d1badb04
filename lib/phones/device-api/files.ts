import "server-only";
import type { OfferedFile } from "#phones/check/rule-table";
import { findOfferedFile } from "#phones/check/server/find-offered-file";
import { AppError } from "#foundation/core/errors";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import type { FileAnswer } from "#phones/device-api/answer-file";
import { answerFile } from "#phones/device-api/answer-file";
import { hasClimbed } from "#phones/device-api/request-head";
import { followDownload } from "#phones/device-api/follow-download";
import { sendContent } from "#phones/device-api/send-content";
import { takeTransfer } from "#phones/device-api/transfer-slots";
import type { ByteRange } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";

/** The repair is an administrator who imports the package again, which takes minutes at least. */
const FAULTY_RETRY_SECONDS = 300;

/** Serves the files below a root. Answers 404 for a version that no rule holds. */
export function filesBelow(
  root: string,
): (c: DeviceContext, caller: DeviceCaller) => Promise<Response> {
  return async (c, caller) => {
    // Hono's path is already decoded, and file names can contain percent signs.
    const { pathname } = new URL(c.req.url);
    const { incoming } = c.env;
    const offered =
      incoming !== undefined && hasClimbed(incoming)
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
 * Holds the transfer slot until the phone has received the response or disconnected. Under Next there is no Node
 * response, so the slot is released when the content has been read to its end or abandoned.
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

/** Whether a response needs the content to be in the store. A 304 does not: the phone already has it. */
function isOfContent({ status }: FileAnswer): boolean {
  return status === 200 || status === 206;
}

/** Opens verified content. Throws `unavailable` for content that is missing or damaged: the repair is a new import. */
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
