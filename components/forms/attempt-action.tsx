import {
  unstable_isUnrecognizedActionError as isUnknownAction,
  unstable_rethrow as rethrowNavigation,
} from "next/navigation";
import type { ActionResult } from "#access/auth/action-result";
import type { Failure } from "#components/ui/use-failure-text";

/** The result of an action, or a failure of the way to it. */
export type Attempt<Value> =
  Extract<ActionResult<Value>, { readonly ok: true }> | (Failure & { readonly ok: false });

/**
 * Runs a server action. Without an answer of this service, such as during a restart, it returns a failure: a rejection would
 * replace the page, with what was typed, by the error page. After an update of the service, an open page asks for actions
 * that no longer exist.
 */
export async function attemptAction<Input, Value>(
  action: (input: Input) => Promise<ActionResult<Value>>,
  input: Input,
): Promise<Attempt<Value>> {
  try {
    return await action(input);
  } catch (error) {
    rethrowNavigation(error);
    return { ok: false, code: isUnknownAction(error) ? "outdated" : "unreachable" };
  }
}
