import type { ErrorCode, RefusedField } from "#foundation/core/errors";
import type { RefusalReason } from "#foundation/core/refusal-reason";

/**
 * The result of a server action. Expected failures are values that the form shows. They carry no message, because
 * messages of the server are English; the panel has its own text for every code, reason and field.
 */
export type ActionResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** `defect` is an unexpected error; its log entry has the same request id. */
      readonly code: ErrorCode | "defect";
      readonly fields: readonly RefusedField[];
      readonly reason: RefusalReason | null;
      readonly requestId: string;
    };
