"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { ContinueRollOutInput } from "#phones/roll-outs/schema";
import { continueRollOutInput } from "#phones/roll-outs/schema";
import { continueRollOut } from "#phones/roll-outs/server/continue-roll-out";

export async function continueRollOutAction(
  input: ContinueRollOutInput,
): Promise<ActionResult<void>> {
  const result = await runAction(continueRollOutInput, input, continueRollOut);
  reloadAfter(result, "/roll-outs", "layout");
  return result;
}
