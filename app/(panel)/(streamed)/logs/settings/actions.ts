"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#lib/auth/action-result";
import { runAction } from "#lib/auth/server/run-action";
import type {
  ChangeLogSettingsInput,
  CreateLogSettingsInput,
  RemoveLogSettingsInput,
} from "#lib/logs/schema";
import {
  changeLogSettingsInput,
  createLogSettingsInput,
  removeLogSettingsInput,
} from "#lib/logs/schema";
import {
  changeLogSettings,
  createLogSettings,
  removeLogSettings,
} from "#lib/logs/server/change-log-settings";

export async function createLogSettingsAction(
  input: CreateLogSettingsInput,
): Promise<ActionResult<void>> {
  const result = await runAction(createLogSettingsInput, input, createLogSettings);
  revalidatePath("/logs/settings");
  return result;
}

export async function changeLogSettingsAction(
  input: ChangeLogSettingsInput,
): Promise<ActionResult<void>> {
  const result = await runAction(changeLogSettingsInput, input, changeLogSettings);
  revalidatePath("/logs/settings");
  return result;
}

export async function removeLogSettingsAction(
  input: RemoveLogSettingsInput,
): Promise<ActionResult<void>> {
  const result = await runAction(removeLogSettingsInput, input, removeLogSettings);
  revalidatePath("/logs/settings");
  return result;
}
