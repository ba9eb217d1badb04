"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#lib/auth/action-result";
import { runAction } from "#lib/auth/server/run-action";
import type { RemoveCapturesInput, SetCaptureInput } from "#lib/captures/schema";
import { removeCapturesInput, setCaptureInput } from "#lib/captures/schema";
import { removeCaptures } from "#lib/captures/server/remove-captures";
import { setCapture } from "#lib/captures/server/set-capture";

export async function setCaptureAction(input: SetCaptureInput): Promise<ActionResult<void>> {
  const result = await runAction(setCaptureInput, input, setCapture);
  revalidatePath("/captures");
  return result;
}

export async function removeCapturesAction(
  input: RemoveCapturesInput,
): Promise<ActionResult<{ readonly removed: number }>> {
  const result = await runAction(removeCapturesInput, input, removeCaptures);
  revalidatePath("/captures");
  return result;
}
