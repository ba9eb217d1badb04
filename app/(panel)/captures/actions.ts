"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { RemoveCapturesInput, SetCaptureInput } from "#phones/captures/schema";
import { removeCapturesInput, setCaptureInput } from "#phones/captures/schema";
import { removeCaptures } from "#phones/captures/server/remove-captures";
import { setCapture } from "#phones/captures/server/set-capture";

export async function setCaptureAction(input: SetCaptureInput): Promise<ActionResult<void>> {
  const result = await runAction(setCaptureInput, input, setCapture);
  reloadAfter(result, "/captures");
  return result;
}

export async function removeCapturesAction(
  input: RemoveCapturesInput,
): Promise<ActionResult<{ readonly removed: number }>> {
  const result = await runAction(removeCapturesInput, input, removeCaptures);
  reloadAfter(result, "/captures");
  return result;
}
