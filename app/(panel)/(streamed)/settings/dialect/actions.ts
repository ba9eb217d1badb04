"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#lib/auth/action-result";
import { runAction } from "#lib/auth/server/run-action";
import type { ChangeDialectInput, ResetDialectInput } from "#lib/dialect/schema";
import { changeDialectInput, resetDialectInput } from "#lib/dialect/schema";
import { changeDialect } from "#lib/dialect/server/change-dialect";
import { resetDialect } from "#lib/dialect/server/reset-dialect";

export async function changeDialectAction(input: ChangeDialectInput): Promise<ActionResult<void>> {
  const result = await runAction(changeDialectInput, input, changeDialect);
  revalidatePath("/settings/dialect");
  return result;
}

export async function resetDialectAction(
  input: ResetDialectInput,
): Promise<ActionResult<"changed" | "skipped">> {
  const result = await runAction(resetDialectInput, input, resetDialect);
  revalidatePath("/settings/dialect");
  return result;
}
