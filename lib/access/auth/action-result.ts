import type { ErrorCode, RefusedField } from "#foundation/core/errors";
import type { RefusalReason } from "#foundation/core/refusal-reason";

/**
 * What a server action answers: expected failures are values the form can show. They carry no sentence, because the
 * server's are English; the panel has its own for every code, reason and field.
 */
export type ActionResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** `defect` stands for whatever nobody foresaw; the request id finds it in the log. */
      readonly code: ErrorCode | "defect";
      readonly fields: readonly RefusedField[];
      readonly reason: RefusalReason | null;
      readonly requestId: string;
    };
