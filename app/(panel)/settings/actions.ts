"use server";

import type { ApiToken } from "#access/accounts/model";
import type {
  ChangeOwnPasswordInput,
  CreateApiTokenInput,
  RevokeApiTokenInput,
} from "#access/accounts/schema";
import {
  changeOwnPasswordInput,
  createApiTokenInput,
  revokeApiTokenInput,
} from "#access/accounts/schema";
import { changeOwnPassword } from "#access/accounts/server/change-own-password";
import { createApiToken } from "#access/accounts/server/create-api-token";
import { revokeApiToken } from "#access/accounts/server/revoke-api-token";
import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";

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
  reloadAfter(result, "/settings");
  return result;
}

export async function revokeApiTokenAction(
  input: RevokeApiTokenInput,
): Promise<ActionResult<void>> {
  const result = await runAction(revokeApiTokenInput, input, revokeApiToken);
  reloadAfter(result, "/settings");
  return result;
}
