import { ERROR_CODES } from "#foundation/core/errors";
import type { ErrorCode } from "#foundation/core/errors";

/** The failures that a user can act on. */
const NAMED_KINDS = ["unavailable", "forbidden", "unauthenticated"] as const satisfies ErrorCode[];

export type ErrorKind = (typeof NAMED_KINDS)[number] | "defect";

type ShownError = {
  readonly kind: ErrorKind;
  /** The reference of the failure in the log; null for named kinds. */
  readonly reference: string | null;
};

/**
 * In production an error boundary gets only a digest and no message. The digest of an `AppError` is its code. The digest
 * of any other error is a number that the server's log has beside the error.
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
