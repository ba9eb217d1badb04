"use server";

import { revalidatePath } from "next/cache";
import type { Account, ApiToken } from "#access/accounts/model";
import type {
  ChangeAccountInput,
  ChangeOwnPasswordInput,
  CreateAccountInput,
  CreateApiTokenInput,
  RemoveAccountInput,
  RevokeApiTokenInput,
} from "#access/accounts/schema";
import {
  changeAccountInput,
  changeOwnPasswordInput,
  createAccountInput,
  createApiTokenInput,
  removeAccountInput,
  revokeApiTokenInput,
} from "#access/accounts/schema";
import { changeAccount } from "#access/accounts/server/change-account";
import { changeOwnPassword } from "#access/accounts/server/change-own-password";
import { createAccount } from "#access/accounts/server/create-account";
import { createApiToken } from "#access/accounts/server/create-api-token";
import { removeAccount } from "#access/accounts/server/remove-account";
import { revokeApiToken } from "#access/accounts/server/revoke-api-token";
import type { ActionResult } from "#access/auth/action-result";
import { runAction } from "#access/auth/server/run-action";

export async function createAccountAction(
  input: CreateAccountInput,
): Promise<ActionResult<Account>> {
  const result = await runAction(createAccountInput, input, createAccount);
  revalidatePath("/settings");
  return result;
}

export async function changeAccountAction(input: ChangeAccountInput): Promise<ActionResult<void>> {
  const result = await runAction(changeAccountInput, input, changeAccount);
  revalidatePath("/settings");
  return result;
}

export async function removeAccountAction(input: RemoveAccountInput): Promise<ActionResult<void>> {
  const result = await runAction(removeAccountInput, input, removeAccount);
  revalidatePath("/settings");
  return result;
}

/** Revalidates nothing: the session has ended, and the browser goes to the sign-in page. */
export async function changeOwnPasswordAction(
  input: ChangeOwnPasswordInput,
): Promise<ActionResult<void>> {
  return runAction(changeOwnPasswordInput, input, changeOwnPassword);
}

export async function createApiTokenAction(
  input: CreateApiTokenInput,
): Promise<ActionResult<{ readonly token: ApiToken; readonly secret: string }>> {
  const result = await runAction(createApiTokenInput, input, createApiToken);
  revalidatePath("/settings");
  return result;
}

export async function revokeApiTokenAction(
  input: RevokeApiTokenInput,
): Promise<ActionResult<void>> {
  const result = await runAction(revokeApiTokenInput, input, revokeApiToken);
  revalidatePath("/settings");
  return result;
}
