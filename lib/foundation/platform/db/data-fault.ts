import { causesOf } from "#foundation/platform/db/unavailable";

/**
 * Whether a query failed because of its values: SQLSTATE classes 22 (data exception) and 23 (integrity constraint
 * violation). A retry fails in the same way.
 */
export function isDataFault(error: unknown): boolean {
  return causesOf(error).some(
    (cause) =>
      typeof cause === "object" &&
      cause !== null &&
      (isDataCode(Reflect.get(cause, "code")) || isDataCode(Reflect.get(cause, "originalCode"))),
  );
}

function isDataCode(code: unknown): boolean {
  return typeof code === "string" && /^2[23]...$/.test(code);
}
