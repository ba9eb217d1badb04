import { AppError } from "#foundation/core/errors";

/**
 * Codes of Node, PostgreSQL and Prisma that mean "the database cannot be reached or cannot answer now". Sources:
 * PostgreSQL manual, appendix A (classes 08, 53, 57P); Prisma error reference.
 */
const UNAVAILABLE_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "08000",
  "08001",
  "08003",
  "08004",
  "08006",
  "53100",
  "53200",
  "53300",
  "57P01",
  "57P02",
  "57P03",
  "57P05",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2037",
  // This program's own `AppError`: Prisma takes it for an error of the driver and keeps only the code.
  "unavailable",
]);

/** The names for the same failures in Prisma's driver adapters. */
const UNAVAILABLE_KINDS: ReadonlySet<string> = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
]);

/** The pg driver gives these errors neither a code nor a class. */
const UNAVAILABLE_MESSAGES: ReadonlySet<string> = new Set([
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "timeout exceeded when trying to connect",
  "timeout expired",
  "Query read timeout",
  "Client has encountered a connection error and is not queryable",
]);

/** Of the failures above, those of a connection that was open and is no longer. Another one may work at once. */
const BROKEN: ReadonlySet<unknown> = new Set([
  "ECONNRESET",
  "EPIPE",
  "57P01",
  "57P02",
  "ConnectionClosed",
  "Connection terminated unexpectedly",
  "Client has encountered a connection error and is not queryable",
]);

const MAX_CAUSE_DEPTH = 8;
const RETRY_AFTER_SECONDS = 10;

/**
 * Translates an outage of the database into `unavailable`, whose message a caller may see. Returns refusals and other
 * defects unchanged.
 */
export function translateDatabaseOutage(error: unknown): unknown {
  return !(error instanceof AppError) && isDatabaseUnavailable(error)
    ? new AppError("unavailable", "The database cannot be reached.", {
        cause: error,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      })
    : error;
}

/**
 * Whether the failure is caused by the database and not by the request, so that the answer is `unavailable` and the
 * caller retries.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return causesOf(error).some(saysUnavailable);
}

/** Whether the connection broke on which the query was sent, so that another connection may answer. */
export function isBrokenConnection(error: unknown): boolean {
  return causesOf(error).some(
    (cause) =>
      typeof cause === "object" &&
      cause !== null &&
      ["code", "originalCode", "kind", "message"].some((name) =>
        BROKEN.has(Reflect.get(cause, name)),
      ),
  );
}

/**
 * Whether a start may succeed if it is tried again: the database did not answer, or had no connection free. Not so the
 * refusals of this program, which use the same code.
 */
export function isPassingOutage(error: unknown): boolean {
  return error instanceof AppError
    ? causesOf(error).some(isTransactionError)
    : isDatabaseUnavailable(error);
}

/** Prisma's code for a transaction that could not begin, or ended before its work did. */
export function isTransactionError(error: unknown): boolean {
  return typeof error === "object" && error !== null && Reflect.get(error, "code") === "P2028";
}

/** The error, its causes, and the errors that Node aggregates when a name has several addresses; outermost first. */
export function causesOf(error: unknown): readonly unknown[] {
  const found: unknown[] = [];
  let layer: readonly unknown[] = [error];
  for (let depth = 0; depth < MAX_CAUSE_DEPTH && layer.length > 0; depth++) {
    found.push(...layer);
    layer = layer.flatMap(innerErrors);
  }
  return found;
}

function innerErrors(error: unknown): readonly unknown[] {
  if (typeof error !== "object" || error === null) {
    return [];
  }
  const bundled: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  // Prisma stores the driver's error here instead of in the cause.
  const meta: unknown = Reflect.get(error, "meta");
  const driver: unknown =
    typeof meta === "object" && meta !== null ? Reflect.get(meta, "driverAdapterError") : undefined;
  return [
    ...("cause" in error ? [error.cause] : []),
    ...(driver === undefined ? [] : [driver]),
    ...bundled,
  ];
}

function saysUnavailable(error: unknown): boolean {
  if (typeof error !== "object" || error === null) {
    return false;
  }
  return (
    isOneOf(UNAVAILABLE_CODES, Reflect.get(error, "code")) ||
    isOneOf(UNAVAILABLE_CODES, Reflect.get(error, "originalCode")) ||
    isOneOf(UNAVAILABLE_KINDS, Reflect.get(error, "kind")) ||
    isOneOf(UNAVAILABLE_MESSAGES, Reflect.get(error, "message"))
  );
}

function isOneOf(set: ReadonlySet<string>, value: unknown): boolean {
  return typeof value === "string" && set.has(value);
}
