"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#access/auth/action-result";
import { runAction } from "#access/auth/server/run-action";
import type {
  ChangeLogSettingsInput,
  CreateLogSettingsInput,
  RemoveLogSettingsInput,
} from "#phones/device-logs/schema";
import {
  changeLogSettingsInput,
  createLogSettingsInput,
  removeLogSettingsInput,
} from "#phones/device-logs/schema";
import {
  changeLogSettings,
  createLogSettings,
  removeLogSettings,
} from "#phones/device-logs/server/change-log-settings";

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
