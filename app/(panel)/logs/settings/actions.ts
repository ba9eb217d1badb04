"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
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
  reloadAfter(result, "/logs/settings");
  return result;
}

export async function changeLogSettingsAction(
  input: ChangeLogSettingsInput,
): Promise<ActionResult<void>> {
  const result = await runAction(changeLogSettingsInput, input, changeLogSettings);
  reloadAfter(result, "/logs/settings");
  return result;
}

export async function removeLogSettingsAction(
  input: RemoveLogSettingsInput,
): Promise<ActionResult<void>> {
  const result = await runAction(removeLogSettingsInput, input, removeLogSettings);
  reloadAfter(result, "/logs/settings");
  return result;
}
