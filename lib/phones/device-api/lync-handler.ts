import "server-only";
import { answerCheckBody, MAX_CHECK_BYTES, readXml } from "#phones/device-api/check-handler";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import { isLogUpload, logHandler } from "#phones/device-api/log-handler";
import { announcedBytes } from "#foundation/platform/http/request-body";

/** An element that is named like the content of a log and contains text that can be base64. No check contains one. */
const LOG_CONTENT =
  /<(?:[\w.-]+:)?(?:log|file)?_?-?(?:data|content|file|base64|log)\b[^<>]*>\s*[A-Za-z0-9+/\r\n]{16}/i;

const acceptLog = logHandler("lync");

/** Handles checks and logs: Lync phones send both to the same path. */
export async function lyncHandler(c: DeviceContext, caller: DeviceCaller): Promise<Response> {
  if (isLogUpload(c) || (announcedBytes(c.req.raw) ?? 0) > MAX_CHECK_BYTES) {
    return acceptLog(c, caller);
  }
  const { text, bytes } = await readXml(c);
  return holdsLog(text)
    ? acceptLog(c, caller, once(bytes))
    : answerCheckBody(c, caller, { dialect: "lync", body: text });
}

/** Whether a document contains a log, regardless of the request's headers. */
export function holdsLog(text: string): boolean {
  return LOG_CONTENT.test(text);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
