import "server-only";
import { PROBE_HEADER, isProbeMark } from "#phones/check/server/probe-mark";
import type { RefusedCheck } from "#phones/check-log/server/refuse-check";
import { refuseCheck } from "#phones/check-log/server/refuse-check";
import type { ErrorCode } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";
import { poolIdOf } from "#phones/device-api/device-env";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import { isLogUpload } from "#phones/device-api/log-handler";
import { noteBody, notedExchange } from "#phones/device-api/noted-exchange";
import { sourceAddress } from "#phones/device-api/source-address";
import { addPairs, toLogSender } from "#phones/device-logs/log-facts";
import type { Dialect, Side } from "#fleet/devices/model";
import { translateDatabaseOutage } from "#foundation/platform/db/unavailable";
import { readBodyStart } from "#foundation/platform/http/request-body";
import type { Asker } from "#formats/protocol/find-asker";
import { findAsker } from "#formats/protocol/find-asker";

/**
 * The recorded outcome of each refusal. A missing code means that the request was not a check, or that the service
 * failed.
 */
const OUTCOMES: Readonly<Partial<Record<ErrorCode, RefusedCheck["outcome"]>>> = {
  unauthenticated: "unauthenticated",
  rate_limited: "throttled",
  forbidden: "forbidden",
  invalid_input: "invalid",
  invalid_state: "invalid",
  payload_too_large: "invalid",
  unsupported_media_type: "invalid",
  unprocessable_input: "invalid",
  unavailable: "unavailable",
};

/** Limits for reading the start of a body that was refused unread. */
const UNREAD_BODY_MS = 1_000;
const MAX_UNREAD_BYTES = 64 * 1024;

export type Refusal = {
  readonly side: Side;
  readonly error: unknown;
  /** Null if the phone was not admitted. */
  readonly caller: DeviceCaller | null;
};

type RefusalRecorderOptions = {
  readonly dialect: Dialect;
  /** Whether the path accepts logs only. */
  readonly isLogPath?: boolean;
};

/**
 * Records refused checks and logs of a dialect: the check log shows the phone as it identified itself and the reason,
 * so that refusals are visible outside the service log too.
 */
export function refusalRecorder({ dialect, isLogPath = false }: RefusalRecorderOptions) {
  return async (c: DeviceContext, { side, error, caller }: Refusal): Promise<void> => {
    const cause = translateDatabaseOutage(error);
    if (!(cause instanceof AppError)) {
      return;
    }
    const outcome = OUTCOMES[cause.code];
    if (outcome === undefined) {
      return;
    }
    const now = new Date();
    const asker = await findAskerOf(c);
    refuseCheck({
      now,
      side,
      dialect,
      outcome,
      asker,
      refusal: toRefusalText(cause),
      address: sourceAddress(c),
      accountName: caller?.accountName ?? null,
      poolId: poolIdOf(c),
      isProbe: isProbeMark(c.req.header(PROBE_HEADER), now.getTime()),
      isLogUpload:
        isLogPath || notedExchange(c).logFields !== null || (dialect === "lync" && isLogUpload(c)),
    });
  };
}

/** The message that the phone gets, followed by the refused fields. */
function toRefusalText({ message: sentence, fields }: AppError): string {
  return [sentence, ...fields.map(({ path, message }) => `${path}: ${message}`)].join(" ");
}

async function findAskerOf(c: DeviceContext): Promise<Asker> {
  const { logFields, body } = notedExchange(c);
  if (logFields !== null && logFields.size > 0) {
    return toLogSender(logFields);
  }
  const asker = findAsker(toText(body ?? (await readUnread(c))));
  return isKnown(asker) ? asker : findAskerInQuery(c, asker);
}

/** Log uploads can name the sender in the query. */
function findAskerInQuery(c: DeviceContext, otherwise: Asker): Asker {
  const fields = new Map<string, string>();
  addPairs(fields, new URL(c.req.url).searchParams);
  const asker = toLogSender(fields);
  return isKnown(asker) ? asker : otherwise;
}

function isKnown({ macAddress, serialNumber }: Asker): boolean {
  return macAddress !== null || serialNumber !== null;
}

async function readUnread(c: DeviceContext): Promise<Uint8Array> {
  if (c.req.method !== "POST") {
    return new Uint8Array();
  }
  const start = await readBodyStart(c.req.raw, {
    limitBytes: MAX_UNREAD_BYTES,
    withinMs: UNREAD_BODY_MS,
  });
  noteBody(c, start);
  return start;
}

/** Detects UTF-16, which Windows uses for XML, by the zero byte that every ASCII character has in it. */
function toText(body: string | Uint8Array): string {
  if (typeof body === "string") {
    return body;
  }
  const encoding =
    body[0] === 0 ? "utf-16be" : body[1] === 0 || body[0] === 0xff ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(body);
}
