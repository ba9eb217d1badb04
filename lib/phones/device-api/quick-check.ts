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
import { LARGEST_CHECK_BYTES } from "#phones/device-api/check-handler";
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
 * Answers what nearly every request is, a check inside the firewall, from Node's request straight into Node's response:
 * after a power cut a whole organisation asks at once, and what lies between costs more than the check itself.
 * Everything else, and every check that is refused, goes to the app as if nobody had looked at it, so that there is one
 * place which says no.
 */
export function quickCheck(app: NativeListener): NativeListener {
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

/** Null where the request is no check, or one that needs more than its body to be answered. */
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

/** Node's parser holds a sender to the length it declared. */
function isSmall(declared: string | undefined): boolean {
  return declared !== undefined && Number(declared) <= LARGEST_CHECK_BYTES;
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

/** Null where the phone is refused, or sent a log: nothing is recorded then, and the app begins from the start. */
function tryCheck(context: CheckContext, body: Buffer): AnsweredCheck | null {
  try {
    const text = decodeCheckBody(context.dialect, body);
    return context.dialect === "lync" && holdsLog(text) ? null : checkForUpdate(context, text);
  } catch {
    // The app comes to the same end, and knows how to say it.
    return null;
  }
}

/** A sender that leaves in the middle is owed no answer. */
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
