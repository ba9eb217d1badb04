"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#access/auth/action-result";
import { runAction } from "#access/auth/server/run-action";
import type { ContinueRollOutInput } from "#phones/roll-outs/schema";
import { continueRollOutInput } from "#phones/roll-outs/schema";
import { continueRollOut } from "#phones/roll-outs/server/continue-roll-out";

export async function continueRollOutAction(
  input: ContinueRollOutInput,
): Promise<ActionResult<void>> {
  const result = await runAction(continueRollOutInput, input, continueRollOut);
  revalidatePath("/roll-outs", "layout");
  return result;
}
