import type { ErrorCode, FieldError } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";
import { toProblemType } from "#foundation/core/problem-code";
import type { RefusalReason } from "#foundation/core/refusal-reason";

type ProblemKind = { readonly status: number; readonly title: string };

/** The only place that maps error codes to HTTP statuses. A missing code does not compile. */
const PROBLEM_KINDS = {
  invalid_input: { status: 400, title: "Invalid input" },
  unauthenticated: { status: 401, title: "Authentication required" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "Conflicting change" },
  payload_too_large: { status: 413, title: "Payload too large" },
  unsupported_media_type: { status: 415, title: "Unsupported media type" },
  unsupported_cabinet: { status: 422, title: "Unsupported cabinet file" },
  unprocessable_input: { status: 422, title: "Unprocessable input" },
  invalid_state: { status: 422, title: "Not possible in the current state" },
  rejected_version: { status: 422, title: "Version rejected before" },
  rate_limited: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Service unavailable" },
} as const satisfies Record<ErrorCode, ProblemKind>;

export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/** A failure as an HTTP problem (RFC 9457). Clients branch on `type` and `status`, never on the wording. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
  readonly reason?: RefusalReason;
};

/** The path and the request id of a failure. */
export type Occurrence = { readonly instance: string; readonly requestId: string };

/** The public description of a failure. It contains no details of server errors. */
export function toProblem(error: unknown, occurrence: Occurrence): Problem {
  const { instance, requestId } = occurrence;
  if (!(error instanceof AppError)) {
    const title = "Internal error";
    const detail = "Something went wrong. The service log has details under this request id.";
    return { type: "about:blank", title, status: 500, detail, instance, requestId };
  }

  const { status, title } = PROBLEM_KINDS[error.code];
  const detail = status < 500 ? error.message : "The service cannot answer now. Try again later.";
  return {
    type: toProblemType(error.code),
    title,
    status,
    detail,
    instance,
    requestId,
    ...(error.fields.length === 0 ? {} : { errors: error.fields }),
    ...(error.reason === null ? {} : { reason: error.reason }),
  };
}

/** The HTTP status of an error. */
export function toStatus(error: unknown): number {
  return error instanceof AppError ? PROBLEM_KINDS[error.code].status : 500;
}
