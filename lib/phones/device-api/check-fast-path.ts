import "server-only";
import { Buffer } from "node:buffer";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isCapturing } from "#phones/captures/server/capturer";
import { decodeCheckBody } from "#phones/check/decode-body";
import type { AnsweredCheck } from "#phones/check/server/answer-check";
import type { CheckContext } from "#phones/check/server/check-for-update";
import { checkForUpdate } from "#phones/check/server/check-for-update";
import { PROBE_HEADER } from "#phones/check/server/probe-mark";
import { canonicalHost } from "#foundation/core/host-name";
import { MAX_CHECK_BYTES } from "#phones/device-api/check-handler";
import type { NativeListener } from "#phones/device-api/device-env";
import { saysLog } from "#phones/device-api/log-handler";
import { holdsLog } from "#phones/device-api/lync-handler";
import { lyncHandlerPath } from "#phones/device-api/lync-paths";
import { writeText } from "#phones/device-api/send-text";
import { internalAddress } from "#phones/device-api/source-address";
import type { Dialect } from "#fleet/devices/model";
import { CHECK_PATHS } from "#formats/protocol/json";

const LYNC_HANDLER_PATH = lyncHandlerPath("internal");

/**
 * Fast path for checks inside the firewall, which are nearly all requests: reads Node's request and writes Node's
 * response directly. After a power cut all phones of an organisation ask at once, and the layers of the app cost more
 * than the check itself.
 * Every other request, and every check that is refused, goes to the app unchanged, so that refusals are made in one
 * place.
 */
export function checkFastPath(app: NativeListener): NativeListener {
  return (incoming, outgoing) => {
    const dialect = dialectOfPlainCheck(incoming);
    const address = dialect === null ? null : internalAddress(incoming);
    if (dialect === null || address === null) {
      app(incoming, outgoing);
      return;
    }
    readWhole(incoming, (body) => {
      const answered = tryCheck(toContext(incoming, dialect, address), body);
      if (answered === null) {
        app(Object.assign(incoming, { rawBody: body }), outgoing);
      } else {
        writeText(outgoing, answered.answer);
      }
    });
  };
}

/** Null if the request is not a check, or if its answer depends on more than its body. */
function dialectOfPlainCheck({ method, url = "", headers }: IncomingMessage): Dialect | null {
  if (method !== "POST" || isCapturing() || !isPlain(headers)) {
    return null;
  }
  if (url === CHECK_PATHS.internal) {
    return "json";
  }
  const isLyncCheck =
    url.length === LYNC_HANDLER_PATH.length &&
    url.toLowerCase() === LYNC_HANDLER_PATH &&
    !saysLog(headers["content-type"], headers["content-disposition"]);
  return isLyncCheck ? "lync" : null;
}

function isPlain(headers: IncomingHttpHeaders): boolean {
  return (
    isSmall(headers["content-length"]) &&
    canonicalHost(headers.host ?? "") !== null &&
    headers[PROBE_HEADER] === undefined
  );
}

/** The declared length is sufficient: Node's parser enforces it. */
function isSmall(declared: string | undefined): boolean {
  return declared !== undefined && Number(declared) <= MAX_CHECK_BYTES;
}

function toContext(
  { headers: { host } }: IncomingMessage,
  dialect: Dialect,
  address: string,
): CheckContext {
  return {
    now: new Date(),
    side: "internal",
    dialect,
    address,
    accountName: null,
    boundMacAddress: null,
    isProbe: false,
    poolFqdn: null,
    host: host ?? null,
  };
}

/**
 * Null if the check is refused or the body is a log. Nothing is recorded then, and the app handles the request from the
 * start.
 */
function tryCheck(context: CheckContext, body: Buffer): AnsweredCheck | null {
  try {
    const text = decodeCheckBody(context.dialect, body);
    return context.dialect === "lync" && holdsLog(text) ? null : checkForUpdate(context, text);
  } catch {
    // The app fails in the same way, and answers with the error.
    return null;
  }
}

/** Never calls back if the sender disconnects before the body is complete. */
function readWhole(incoming: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  incoming.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
  });
  incoming.on("end", () => {
    const [first] = chunks;
    done(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
  });
}
