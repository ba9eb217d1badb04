import "server-only";
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { AppError } from "#foundation/core/errors";
import { PROBLEM_MEDIA_TYPE, toProblem } from "#foundation/platform/http/problem";

export type ProblemMessage = {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** A problem that closes its connection: the response to a refused request that no handler reads. */
export function problemMessage(reason: AppError, url = "/"): ProblemMessage {
  const [instance = "/"] = url.split("?", 1);
  const problem = toProblem(reason, { instance, requestId: randomUUID() });
  const text = JSON.stringify(problem);
  return {
    status: problem.status,
    text,
    headers: {
      "content-type": PROBLEM_MEDIA_TYPE,
      "content-length": String(Buffer.byteLength(text)),
      "cache-control": "no-store",
      connection: "close",
      ...retryAfter(reason),
    },
  };
}

/** Responds with a problem and closes the connection. */
export function respondProblem(response: ServerResponse, reason: AppError, url?: string): void {
  const { status, text, headers } = problemMessage(reason, url);
  response.writeHead(status, headers).end(text);
}

/** The Retry-After header, if the error has a retry time. */
export function retryAfter({ retryAfterSeconds }: AppError): Record<string, string> {
  return retryAfterSeconds === undefined
    ? {}
    : { "retry-after": String(Math.ceil(retryAfterSeconds)) };
}
