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

/** After these, the page has nothing new to show, or cannot be loaded. */
const WITHOUT_RELOAD = [
  "unauthenticated",
  "forbidden",
  "unavailable",
  "defect",
] as const satisfies readonly FailedCode[];

type FailedCode = Extract<ActionResult<unknown>, { readonly ok: false }>["code"];

/**
 * Whether the open page is to be loaded again after an action. After a refusal of the person or an outage, it would be replaced
 * by the sign-in or the error page, and what was typed would be lost.
 */
export function needsReload(result: ActionResult<unknown>): boolean {
  return result.ok || !WITHOUT_RELOAD.some((code) => code === result.code);
}
