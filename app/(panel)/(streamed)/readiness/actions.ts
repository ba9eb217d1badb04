"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#lib/auth/action-result";
import { runAction } from "#lib/auth/server/run-action";
import type { ReadinessReport } from "#lib/discovery/model";
import { setReadinessSettings } from "#lib/discovery/readiness-settings";
import { runReadiness } from "#lib/discovery/run-readiness";
import type { RunReadinessInput, SetReadinessInput } from "#lib/discovery/settings";
import { runReadinessInput, setReadinessInput } from "#lib/discovery/settings";

export async function runReadinessAction(
  input: RunReadinessInput,
): Promise<ActionResult<ReadinessReport>> {
  return runAction(runReadinessInput, input, runReadiness);
}

export async function setReadinessSettingsAction(
  input: SetReadinessInput,
): Promise<ActionResult<void>> {
  const result = await runAction(setReadinessInput, input, setReadinessSettings);
  revalidatePath("/readiness");
  return result;
}
