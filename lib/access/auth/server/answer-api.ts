import "server-only";

import { apiContext } from "#access/auth/server/api-context";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
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
    return problemResponse(error, {
      method: request.method,
      path: new URL(request.url).pathname,
      ...(error instanceof AppError && error.code === "unauthenticated"
        ? { headers: { "www-authenticate": "Bearer" } }
        : {}),
    });
  }
}
