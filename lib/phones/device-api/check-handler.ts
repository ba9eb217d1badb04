import "server-only";
import { decodeCheckBody } from "#phones/check/decode-body";
import type { AnsweredCheck } from "#phones/check/server/answer-check";
import type { CheckContext } from "#phones/check/server/check-for-update";
import { checkForUpdate } from "#phones/check/server/check-for-update";
import { PROBE_HEADER, isProbeMark } from "#phones/check/server/probe-mark";
import { requestedPool } from "#phones/device-api/device-env";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import { noteBody, noteCheck } from "#phones/device-api/noted-exchange";
import { sendText } from "#phones/device-api/send-text";
import type { Dialect } from "#fleet/devices/model";
import { AppError } from "#foundation/core/errors";
import { readBody, readBodyBytes } from "#foundation/platform/http/request-body";

/** Many times the size of a real check. */
export const MAX_CHECK_BYTES = 64 * 1024;

type BodyReader = (c: DeviceContext) => Promise<string>;

const BODY_READERS = {
  json: readJson,
  lync: async (c) => (await readXml(c)).text,
} as const satisfies Record<Dialect, BodyReader>;

/** Answers checks of a dialect. The dialects differ only in how the body is read. */
export function checkHandler(
  dialect: Dialect,
): (c: DeviceContext, caller: DeviceCaller) => Promise<Response> {
  const read: BodyReader = BODY_READERS[dialect];
  return async (c, caller) => answerCheckBody(c, caller, { dialect, body: await read(c) });
}

/** Answers a check whose body has already been read. */
export function answerCheckBody(
  c: DeviceContext,
  caller: DeviceCaller,
  { dialect, body }: { readonly dialect: Dialect; readonly body: string },
): Response {
  const now = new Date();
  const isProbe = isProbeMark(c.req.header(PROBE_HEADER), now.getTime());
  const context = { ...caller, now, dialect, isProbe, ...requestedPool(c) };
  const answered = checkBody(c, context, body);
  noteCheck(c, answered);
  return sendText(c, answered.answer);
}

/** A readable body is answered, also if its header says that it is compressed. */
function checkBody(c: DeviceContext, context: CheckContext, body: string): AnsweredCheck {
  try {
    return checkForUpdate(context, body);
  } catch (error) {
    const encoding = c.req.header("content-encoding") ?? "identity";
    if (!(error instanceof AppError) || error.code !== "invalid_input" || encoding === "identity") {
      throw error;
    }
    const message = `The body cannot be read with the Content-Encoding ${JSON.stringify(encoding)}: send it without one.`;
    throw new AppError("unsupported_media_type", message, { cause: error });
  }
}

async function readJson(c: DeviceContext): Promise<string> {
  const body = await readBody(c.req.raw, MAX_CHECK_BYTES);
  noteBody(c, body);
  return body;
}

/** An XML body, decoded and as raw bytes. */
export async function readXml(
  c: DeviceContext,
): Promise<{ readonly text: string; readonly bytes: Uint8Array }> {
  const bytes = await readBodyBytes(c.req.raw, MAX_CHECK_BYTES);
  noteBody(c, bytes);
  return { text: decodeCheckBody("lync", bytes), bytes };
}
