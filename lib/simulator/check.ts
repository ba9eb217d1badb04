import type { IncomingMessage } from "node:http";
import type { CheckTrigger } from "#lib/protocol/check-request";
import { CHECK_PATHS } from "#lib/protocol/json";
import type { CheckRequestBody } from "#lib/protocol/json";
import { checkAnswer, problem } from "#lib/protocol/json-answer";
import type { CheckAnswer } from "#lib/protocol/json-answer";
import { authorization } from "#lib/simulator/authorization";
import { networkReason, readText, retryAfterSeconds, sendRequest } from "#lib/simulator/http";
import type { Partition, PhoneIdentity } from "#lib/simulator/model";
import type { PhoneOptions } from "#lib/simulator/options";

export type CheckOutcome =
  { readonly kind: "answered"; readonly answer: CheckAnswer } | FailedCheck;

export type FailedCheck = {
  readonly kind: "failed";
  readonly reason: "unreachable" | "redirected" | "refused" | "not_understood";
  /** Null where there was no answer. */
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

/** Asks once. Whatever comes back is an outcome; only being stopped is an exception. */
export async function check(options: PhoneOptions, request: Check): Promise<CheckOutcome> {
  const { serverUrl, connectTo, signal } = request;
  try {
    const incoming = await sendRequest({
      method: "POST",
      url: checkUrl(options, serverUrl),
      headers: {
        "content-type": "application/json",
        accept: "application/json, application/problem+json",
        ...authorization(options),
      },
      body: JSON.stringify(toBody(options.identity, request)),
      connectTo,
      trustedAuthorities: options.trustedAuthorities,
      signal,
    });
    return await readOutcome(incoming, request.now);
  } catch (error) {
    signal.throwIfAborted();
    return failed("unreachable", `No answer from ${serverUrl.host}: ${networkReason(error)}.`);
  }
}

function checkUrl({ side, pool }: PhoneOptions, serverUrl: URL): URL {
  const url = new URL(CHECK_PATHS[side], serverUrl);
  if (pool !== null) {
    url.searchParams.set("pool", pool);
  }
  return url;
}

function toBody(identity: PhoneIdentity, { trigger, running }: Check): CheckRequestBody {
  const { hardware, macAddress, serialNumber, user } = identity;
  const { deviceType, brand, model, revision, locale } = hardware;
  return {
    schema: 1,
    device: { deviceType, vendor: brand, model, revision, locale, macAddress, serialNumber },
    user,
    trigger,
    modules: running.map(({ updateType, fileName, version }) => ({
      updateType,
      fileName,
      version,
    })),
  };
}

async function readOutcome(incoming: IncomingMessage, now: Date): Promise<CheckOutcome> {
  const status = incoming.statusCode ?? 0;
  const text = await readText(incoming, MAX_ANSWER_BYTES);
  const body = text === null ? undefined : parseJson(text);
  if (status !== 200) {
    const wait = retryAfterSeconds(incoming.headers["retry-after"], now);
    return { ...toRefusal(status, body), status, retryAfterSeconds: wait };
  }
  const answer = checkAnswer.safeParse(body);
  return answer.success
    ? { kind: "answered", answer: answer.data }
    : { ...failed("not_understood", "The answer is not one that a phone understands."), status };
}

function toRefusal(status: number, body: unknown): FailedCheck {
  if (status >= 300 && status < 400) {
    return failed("redirected", "The server redirects, and phones do not follow.");
  }
  const told = problem.safeParse(body).data;
  return failed("refused", told?.detail ?? told?.title ?? `The server answered ${status}.`);
}

function failed(reason: FailedCheck["reason"], message: string): FailedCheck {
  return { kind: "failed", reason, status: null, message, retryAfterSeconds: null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is as little understood as JSON of another shape.
    return undefined;
  }
}
