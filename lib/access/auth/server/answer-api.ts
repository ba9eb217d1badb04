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
    const response = await answer(await apiContext(request));
    return request.method === "HEAD" ? withoutBody(response) : forClient(request, response);
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

/** Next answers HEAD with the handler of GET and leaves the body unread: a stream would stay open, with its connection. */
function withoutBody({ body, status, headers }: Response): Response {
  endStream(body);
  return new Response(null, { status, headers });
}

/** Next leaves the body unread too if the client disconnects before the response begins. */
function forClient({ signal }: Request, response: Response): Response {
  const end = (): void => {
    endStream(response.body);
  };
  signal.addEventListener("abort", end);
  if (signal.aborted) {
    end();
  }
  return response;
}

/** A stream that is being read is locked, and ends with its reader. */
function endStream(body: Response["body"]): void {
  body?.cancel().catch(() => undefined);
}
