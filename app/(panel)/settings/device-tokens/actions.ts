"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { DeviceToken } from "#access/device-tokens/model";
import type { CreateDeviceTokenInput, RevokeDeviceTokenInput } from "#access/device-tokens/schema";
import { createDeviceTokenInput, revokeDeviceTokenInput } from "#access/device-tokens/schema";
import { createDeviceToken } from "#access/device-tokens/server/create-device-token";
import { revokeDeviceToken } from "#access/device-tokens/server/revoke-device-token";

export async function createDeviceTokenAction(
  input: CreateDeviceTokenInput,
): Promise<ActionResult<{ readonly token: DeviceToken; readonly secret: string }>> {
  const result = await runAction(createDeviceTokenInput, input, createDeviceToken);
  reloadAfter(result, "/settings/device-tokens");
  return result;
}

export async function revokeDeviceTokenAction(
  input: RevokeDeviceTokenInput,
): Promise<ActionResult<void>> {
  const result = await runAction(revokeDeviceTokenInput, input, revokeDeviceToken);
  reloadAfter(result, "/settings/device-tokens");
  return result;
}
