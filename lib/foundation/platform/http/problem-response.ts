import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "#foundation/core/errors";
import type { Problem } from "#foundation/platform/http/problem";
import { PROBLEM_MEDIA_TYPE, toProblem } from "#foundation/platform/http/problem";
import { retryAfter } from "#foundation/platform/http/problem-message";
import { translateDatabaseOutage } from "#foundation/platform/db/unavailable";
import { log } from "#foundation/platform/log";

export type FailedRequest = {
  readonly method: string;
  /** The path without the query, which may contain data that must not be logged. */
  readonly path: string;
  readonly requestId?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Answers a failure and logs it in one line: a refusal without stack and body, a defect with all details. */
export function problemResponse(cause: unknown, request: FailedRequest): Response {
  const error = translateDatabaseOutage(cause);
  const requestId = request.requestId ?? randomUUID();
  const problem = toProblem(error, { instance: request.path, requestId });
  logFailure(error, problem, request.method);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "content-type": PROBLEM_MEDIA_TYPE,
      "cache-control": "no-store",
      ...(error instanceof AppError ? retryAfter(error) : {}),
      ...request.headers,
    },
  });
}

/** Answers a request for a path that nothing is served under. */
export function answerNotFound({ method, url }: Request): Response {
  const reason = new AppError("not_found", "There is nothing under this path.");
  return problemResponse(reason, { method, path: new URL(url).pathname });
}

function logFailure(
  error: unknown,
  { status, instance, requestId }: Problem,
  method: string,
): void {
  const line = { requestId, method, path: instance, status };
  if (!(error instanceof AppError)) {
    log().error({ ...line, err: error }, "Request failed");
  } else if (status >= 500) {
    log().warn({ ...line, code: error.code, cause: toText(error.cause) }, error.message);
  } else {
    const fields = error.fields.map((field) => field.path);
    log().info({ ...line, code: error.code, fields }, "Request refused");
  }
}

function toText(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}
