import "server-only";
import { lookup } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import type { Attempt, DeliveryProblem } from "#access/notifications/model";
import { errorCode } from "#foundation/core/error-code";
import { causesOf } from "#foundation/platform/db/unavailable";
import { env } from "#foundation/platform/env";
import { toRangeTest } from "#foundation/platform/ip-ranges";

/** From the connection to the end of the answer. */
const TIMEOUT_MS = 10_000;
/** The answer has no meaning; so much of it is read, so that the receiver can finish it. */
const MAX_ANSWER_BYTES = 64 * 1024;
const NOT_ALLOWED = "ADDRESS_NOT_ALLOWED";
const GONE = 410;

export type WebhookPost = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
};

/**
 * Sends one signed message. Never throws except when the process stops. Redirects are not followed, and addresses in
 * `WEBHOOK_REFUSED_NETWORKS` are not connected to, also if a name resolves to them.
 */
export async function postWebhook(post: WebhookPost): Promise<Attempt> {
  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  try {
    const status = await request(post, AbortSignal.timeout(TIMEOUT_MS));
    return toAttempt(status, elapsedMs());
  } catch (error) {
    post.signal.throwIfAborted();
    const { problem, detail } = toProblem(error);
    return {
      outcome: "failed",
      problem,
      status: null,
      detail,
      durationMs: elapsedMs(),
      isFinal: false,
    };
  }
}

function toAttempt(status: number, durationMs: number): Attempt {
  if (status >= 200 && status < 300) {
    return { outcome: "delivered", status, durationMs };
  }
  const isRedirect = status >= 300 && status < 400;
  return {
    outcome: "failed",
    problem: isRedirect ? "redirect" : "refused",
    status,
    detail: `HTTP ${status}`,
    durationMs,
    isFinal: status === GONE,
  };
}

function request(post: WebhookPost, timeout: AbortSignal): Promise<number> {
  const { url, headers, body } = post;
  const target = new URL(url);
  const isRefused = toRangeTest(env().WEBHOOK_REFUSED_NETWORKS);
  const literal = target.hostname.replace(/^\[|\]$/g, "");
  // A connection to an address makes no look-up.
  if (isIP(literal) !== 0 && isRefused(literal)) {
    throw notAllowed(literal);
  }
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const client = target.protocol === "https:" ? https : http;
  const outgoing = client.request(
    target,
    {
      method: "POST",
      agent: false,
      lookup: guardedLookup(isRefused),
      signal: AbortSignal.any([post.signal, timeout]),
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "ucupdates",
      },
    },
    (answer) => {
      let left = MAX_ANSWER_BYTES;
      answer.on("data", (piece: Buffer) => {
        left -= piece.length;
        if (left < 0) {
          answer.destroy();
        }
      });
      answer.on("error", () => undefined);
      answer.once("close", () => {
        resolve(answer.statusCode ?? 0);
      });
    },
  );
  outgoing.on("error", reject);
  outgoing.end(body);
  return promise;
}

/** Looks up a name and refuses it if any of its addresses is refused, at the moment of the connection. */
function guardedLookup(isRefused: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => isRefused(address));
        const [first] = addresses;
        if (refused !== undefined) {
          callback(notAllowed(refused.address), "", 0);
        } else if (options.all === true) {
          callback(null, addresses);
        } else {
          callback(null, first?.address ?? "", first?.family ?? 0);
        }
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), "", 0);
      },
    );
  };
}

function notAllowed(address: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${address} is in WEBHOOK_REFUSED_NETWORKS`), {
    code: NOT_ALLOWED,
  });
}

const PROBLEMS: Readonly<Record<string, DeliveryProblem>> = {
  [NOT_ALLOWED]: "address_not_allowed",
  ENOTFOUND: "name_unknown",
  EAI_AGAIN: "name_unknown",
  ABORT_ERR: "timeout",
  ETIMEDOUT: "timeout",
};

/** Why a connection failed, as a code and as a sentence without secrets. */
export function toProblem(error: unknown): {
  readonly problem: DeliveryProblem;
  readonly detail: string;
} {
  const [first] = causesOf(error);
  const codes = causesOf(error).map((cause) => errorCode(cause) ?? "");
  const known = codes.map((code) => PROBLEMS[code]).find((problem) => problem !== undefined);
  const isTls = codes.some((code) => /CERT|TLS|SSL|EPROTO|SELF_SIGNED/.test(code));
  const message = first instanceof Error && first.message !== "" ? first.message : codes.join(" ");
  return { problem: known ?? (isTls ? "tls" : "unreachable"), detail: message.slice(0, 300) };
}
