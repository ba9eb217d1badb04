import "server-only";
import { request as requestOver } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#foundation/core/errors";
import { ownConnections } from "#foundation/platform/http/own-connections";
import { respondProblem } from "#foundation/platform/http/problem-message";

/** Next answers other methods with 400 and without a body, and TRACE not at all. */
const METHODS_OF_ROUTES: ReadonlySet<string> = new Set([
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
]);
/** Those of a page. */
const DEFAULT_ALLOW = "GET, HEAD";

/** Whether no route can have the method of a request. */
export function isForeignMethod({ method = "GET" }: IncomingMessage): boolean {
  return !METHODS_OF_ROUTES.has(method);
}

/** Whether Next refused the method of a request: it names neither the methods of the route nor the reason. */
export function isRefusedMethod({ statusCode, headers }: IncomingMessage): boolean {
  return statusCode === 405 && headers.allow === undefined;
}

/**
 * Refuses the method of a request with the methods that its path has (RFC 9110, 15.5.6). Next knows them: it answers
 * OPTIONS for every route.
 */
export async function refuseMethod(
  { method = "GET", url = "/", headers }: IncomingMessage,
  response: ServerResponse,
  socketPath: string,
): Promise<void> {
  const allow = (await findAllowed(socketPath, url, headers.host)) ?? DEFAULT_ALLOW;
  if (!response.destroyed) {
    const reason = new AppError(
      "method_not_allowed",
      `The method ${method} is not allowed here; one of ${allow} is.`,
    );
    response.setHeader("allow", allow);
    respondProblem(response, reason, url);
  }
}

function findAllowed(
  socketPath: string,
  path: string,
  host: string | undefined,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = {
      socketPath,
      method: "OPTIONS",
      path,
      headers: { host },
      agent: ownConnections,
    };
    requestOver(options, (answer) => {
      answer.resume();
      resolve(answer.headers.allow);
    })
      .on("error", () => {
        resolve(undefined);
      })
      .end();
  });
}
