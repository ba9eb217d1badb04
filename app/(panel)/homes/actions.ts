"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { UserHome } from "#phones/home-pools/model";
import type {
  RemoveUserHomesInput,
  SetProvisioningInput,
  SetUserHomeInput,
} from "#phones/home-pools/schema";
import {
  removeUserHomesInput,
  setProvisioningInput,
  setUserHomeInput,
} from "#phones/home-pools/schema";
import { setProvisioningSwitch } from "#phones/home-pools/server/provisioning-switch";
import { removeUserHomes } from "#phones/home-pools/server/remove-user-homes";
import { setUserHome } from "#phones/home-pools/server/set-user-home";

export async function setUserHomeAction(input: SetUserHomeInput): Promise<ActionResult<UserHome>> {
  const result = await runAction(setUserHomeInput, input, setUserHome);
  reloadAfter(result, "/homes");
  return result;
}

export async function removeUserHomesAction(
  input: RemoveUserHomesInput,
): Promise<ActionResult<{ readonly removed: number }>> {
  const result = await runAction(removeUserHomesInput, input, removeUserHomes);
  reloadAfter(result, "/homes");
  return result;
}

export async function setProvisioningSwitchAction(
  input: SetProvisioningInput,
): Promise<ActionResult<void>> {
  const result = await runAction(setProvisioningInput, input, setProvisioningSwitch);
  reloadAfter(result, "/homes");
  return result;
}
