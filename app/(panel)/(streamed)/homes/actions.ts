"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#lib/auth/action-result";
import { runAction } from "#lib/auth/server/run-action";
import type { UserHome } from "#lib/homes/model";
import type {
  RemoveUserHomesInput,
  SetProvisioningInput,
  SetUserHomeInput,
} from "#lib/homes/schema";
import { removeUserHomesInput, setProvisioningInput, setUserHomeInput } from "#lib/homes/schema";
import { setProvisioningSwitch } from "#lib/homes/server/provisioning-switch";
import { removeUserHomes } from "#lib/homes/server/remove-user-homes";
import { setUserHome } from "#lib/homes/server/set-user-home";

export async function setUserHomeAction(input: SetUserHomeInput): Promise<ActionResult<UserHome>> {
  const result = await runAction(setUserHomeInput, input, setUserHome);
  revalidatePath("/homes");
  return result;
}

export async function removeUserHomesAction(
  input: RemoveUserHomesInput,
): Promise<ActionResult<{ readonly removed: number }>> {
  const result = await runAction(removeUserHomesInput, input, removeUserHomes);
  revalidatePath("/homes");
  return result;
}

export async function setProvisioningSwitchAction(
  input: SetProvisioningInput,
): Promise<ActionResult<void>> {
  const result = await runAction(setProvisioningInput, input, setProvisioningSwitch);
  revalidatePath("/homes");
  return result;
}
