import type { IncomingMessage } from "node:http";
import type { CheckTrigger } from "#formats/protocol/check-request";
import { problem } from "#formats/protocol/json-answer";
import {
  authorization,
  networkReason,
  readText,
  retryAfterSeconds,
  sendRequest,
} from "#programs/simulator/http";
import { JSON_DIALECT } from "#programs/simulator/json-dialect";
import { LYNC_DIALECT } from "#programs/simulator/lync-dialect";
import type { Partition, UpdateAnswer } from "#programs/simulator/model";
import type { PhoneDialect, PhoneOptions } from "#programs/simulator/options";
import { parseJson } from "#foundation/core/json";
import type { DialectCodec } from "#programs/simulator/dialect-codec";

export type CheckOutcome =
  { readonly kind: "answered"; readonly answer: UpdateAnswer } | FailedCheck;

export type FailedCheck = {
  readonly kind: "failed";
  readonly reason: "unreachable" | "redirected" | "refused" | "not_understood";
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
};

export type Check = {
  readonly trigger: CheckTrigger;
  readonly running: Partition;
  readonly serverUrl: URL;
  readonly connectTo: string | null;
  readonly now: Date;
  readonly signal: AbortSignal;
};

const MAX_ANSWER_BYTES = 1024 * 1024;

const DIALECTS = {
  json: JSON_DIALECT,
  lync: LYNC_DIALECT,
} as const satisfies Record<PhoneDialect, DialectCodec>;

/** Sends one check. Every response or network error is an outcome; throws only when the phone is stopped. */
export async function check(options: PhoneOptions, request: Check): Promise<CheckOutcome> {
  const { serverUrl, connectTo, trigger, running, signal } = request;
  const dialect: DialectCodec = DIALECTS[options.dialect];
  try {
    const incoming = await sendRequest({
      method: "POST",
      url: withPool(dialect.checkUrl(options.side, serverUrl), options.pool),
      headers: {
        "content-type": dialect.contentType,
        accept: dialect.accept,
        ...authorization(options),
      },
      body: dialect.write(options.identity, { trigger, running }),
      connectTo,
      trustedAuthorities: options.trustedAuthorities,
      signal,
    });
    return await readOutcome(incoming, dialect, request.now);
  } catch (error) {
    signal.throwIfAborted();
    return failed("unreachable", `No answer from ${serverUrl.host}: ${networkReason(error)}.`);
  }
}

function withPool(url: URL, pool: string | null): URL {
  if (pool !== null) {
    url.searchParams.set("pool", pool);
  }
  return url;
}

async function readOutcome(
  incoming: IncomingMessage,
  dialect: DialectCodec,
  now: Date,
): Promise<CheckOutcome> {
  const status = incoming.statusCode ?? 0;
  const text = await readText(incoming, MAX_ANSWER_BYTES);
  if (status !== 200) {
    const wait = retryAfterSeconds(incoming.headers["retry-after"], now);
    return { ...toRefusal(status, text ?? ""), status, retryAfterSeconds: wait };
  }
  const answer = text === null ? null : dialect.read(text);
  return answer === null
    ? { ...failed("not_understood", "The phone cannot read the answer."), status }
    : { kind: "answered", answer };
}

function toRefusal(status: number, text: string): FailedCheck {
  if (status >= 300 && status < 400) {
    return failed("redirected", "The server redirects, and phones do not follow.");
  }
  const reported = problem.safeParse(parseJson(text)).data;
  return failed("refused", reported?.detail ?? reported?.title ?? `The server answered ${status}.`);
}

function failed(reason: FailedCheck["reason"], message: string): FailedCheck {
  return { kind: "failed", reason, status: null, message, retryAfterSeconds: null };
}
