import type { RefusalReason } from "#foundation/core/refusal-reason";

/**
 * Every way in which a request can be refused. A code is a contract; its status lives in
 * `lib/foundation/platform/http/problem.ts`.
 */
export const ERROR_CODES = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "payload_too_large",
  "unsupported_media_type",
  "unsupported_cabinet",
  "unprocessable_input",
  "invalid_state",
  "rejected_version",
  "rate_limited",
  "unavailable",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One field that a schema refused: `path` reads like `body.modules.0.version`. */
export type FieldError = { readonly path: string; readonly message: string };
export type RefusedField = Pick<FieldError, "path">;

export type AppErrorDetails = {
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  readonly reason?: RefusalReason;
  /** The delay before a retry, for `rate_limited` and `unavailable`. */
  readonly retryAfterSeconds?: number;
};

/**
 * A refusal whose message may be shown to the person or the device that caused it.
 * Any other thrown error is a defect and is never shown.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** Null if the code is sufficient. */
  readonly reason: RefusalReason | null;
  readonly retryAfterSeconds: number | undefined;
  /** The only property of an error that Next passes to an error page in production. Next keeps an existing digest. */
  readonly digest: ErrorCode;

  constructor(code: ErrorCode, message: string, details: AppErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "AppError";
    this.code = code;
    this.digest = code;
    this.fields = details.fields ?? [];
    this.reason = details.reason ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
