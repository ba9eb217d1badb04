import "server-only";

import { apiContext } from "#access/auth/server/api-context";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { isDatabaseUnavailable } from "#foundation/platform/db/unavailable";
import { problemResponse } from "#foundation/platform/http/problem-response";

/**
 * The body of an administrator's API route: finds the caller, answers, and turns failures into problem details,
 * logged once.
 */
export async function answerApi(
  request: Request,
  answer: (context: UseCaseContext) => Promise<Response>,
): Promise<Response> {
  try {
    return await answer(await apiContext(request));
  } catch (error) {
    const failure = toFailure(error);
    return problemResponse(failure, {
      method: request.method,
      path: new URL(request.url).pathname,
      ...(failure instanceof AppError && failure.code === "unauthenticated"
        ? { headers: { "www-authenticate": "Bearer" } }
        : {}),
    });
  }
}

function toFailure(error: unknown): unknown {
  return isDatabaseUnavailable(error)
    ? new AppError("unavailable", "The database cannot be reached.", { cause: error })
    : error;
}
