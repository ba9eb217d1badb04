"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { ReadinessReport } from "#programs/readiness/model";
import { setReadinessSettings } from "#programs/readiness/readiness-settings";
import { runReadiness } from "#programs/readiness/run-readiness";
import type { RunReadinessInput, SetReadinessInput } from "#programs/readiness/settings";
import { runReadinessInput, setReadinessInput } from "#programs/readiness/settings";

export async function runReadinessAction(
  input: RunReadinessInput,
): Promise<ActionResult<ReadinessReport>> {
  return runAction(runReadinessInput, input, runReadiness);
}

export async function setReadinessSettingsAction(
  input: SetReadinessInput,
): Promise<ActionResult<void>> {
  const result = await runAction(setReadinessInput, input, setReadinessSettings);
  reloadAfter(result, "/readiness");
  return result;
}
