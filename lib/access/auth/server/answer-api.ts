import "server-only";

import { apiContext } from "#access/auth/server/api-context";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { problemResponse } from "#foundation/platform/http/problem-response";

/**
 * The body of an admin API route: authenticates the caller, runs the handler, and turns errors into problem details.
 * Logs each error once.
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
