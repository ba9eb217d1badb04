"use server";

import type { Account } from "#access/accounts/model";
import type {
  ChangeAccountInput,
  CreateAccountInput,
  RemoveAccountInput,
} from "#access/accounts/schema";
import {
  changeAccountInput,
  createAccountInput,
  removeAccountInput,
} from "#access/accounts/schema";
import { changeAccount } from "#access/accounts/server/change-account";
import { createAccount } from "#access/accounts/server/create-account";
import { removeAccount } from "#access/accounts/server/remove-account";
import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";

export async function createAccountAction(
  input: CreateAccountInput,
): Promise<ActionResult<Account>> {
  const result = await runAction(createAccountInput, input, createAccount);
  reloadAfter(result, "/accounts");
  return result;
}

export async function changeAccountAction(input: ChangeAccountInput): Promise<ActionResult<void>> {
  const result = await runAction(changeAccountInput, input, changeAccount);
  reloadAfter(result, "/accounts");
  return result;
}

export async function removeAccountAction(input: RemoveAccountInput): Promise<ActionResult<void>> {
  const result = await runAction(removeAccountInput, input, removeAccount);
  reloadAfter(result, "/accounts");
  return result;
}
