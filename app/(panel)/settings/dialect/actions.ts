"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { ChangeDialectInput, ResetDialectInput } from "#phones/dialect/schema";
import { changeDialectInput, resetDialectInput } from "#phones/dialect/schema";
import { changeDialect } from "#phones/dialect/server/change-dialect";
import { resetDialect } from "#phones/dialect/server/reset-dialect";

export async function changeDialectAction(input: ChangeDialectInput): Promise<ActionResult<void>> {
  const result = await runAction(changeDialectInput, input, changeDialect);
  reloadAfter(result, "/settings/dialect");
  return result;
}

export async function resetDialectAction(
  input: ResetDialectInput,
): Promise<ActionResult<"changed" | "skipped">> {
  const result = await runAction(resetDialectInput, input, resetDialect);
  reloadAfter(result, "/settings/dialect");
  return result;
}
