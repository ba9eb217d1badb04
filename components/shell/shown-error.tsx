import { ERROR_CODES } from "#foundation/core/errors";
import type { ErrorCode } from "#foundation/core/errors";

/** The failures that a person can do something about. */
const NAMED_KINDS = ["unavailable", "forbidden", "unauthenticated"] as const satisfies ErrorCode[];

export type ErrorKind = (typeof NAMED_KINDS)[number] | "defect";

type ShownError = {
  readonly kind: ErrorKind;
  /** Finds the failure in the log; null where its kind says everything. */
  readonly reference: string | null;
};

/**
 * In production an error boundary gets no message, only a digest. That of an `AppError` is its code; that of anything
 * else is a number which stands beside the error in the server's log.
 */
export function toShownError(error: unknown): ShownError {
  const digest = digestOf(error);
  const kind = NAMED_KINDS.find((named) => named === digest);
  if (kind !== undefined) {
    return { kind, reference: null };
  }
  const isCode = ERROR_CODES.some((code) => code === digest);
  return { kind: "defect", reference: isCode ? null : digest };
}

function digestOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("digest" in error)) {
    return null;
  }
  return typeof error.digest === "string" ? error.digest : null;
}
