import type { ErrorCode, FieldError } from "#lib/core/errors";
import type { RefusalReason } from "#lib/core/refusal-reason";

/** What a server action answers: expected failures are values the form can show. */
export type ActionResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** `defect` stands for whatever nobody foresaw; the request id finds it in the log. */
      readonly code: ErrorCode | "defect";
      readonly message: string;
      readonly fields: readonly FieldError[];
      readonly reason: RefusalReason | null;
      readonly requestId: string;
    };
