"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { Pool } from "#fleet/pools/model";
import type { ChangePoolInput, CreatePoolInput, RemovePoolInput } from "#fleet/pools/schema";
import { changePoolInput, createPoolInput, removePoolInput } from "#fleet/pools/schema";
import { changePool } from "#fleet/pools/server/change-pool";
import { createPool } from "#fleet/pools/server/create-pool";
import { removePool } from "#fleet/pools/server/remove-pool";

export async function createPoolAction(input: CreatePoolInput): Promise<ActionResult<Pool>> {
  const result = await runAction(createPoolInput, input, createPool);
  reloadAfter(result, "/pools");
  return result;
}

export async function changePoolAction(input: ChangePoolInput): Promise<ActionResult<void>> {
  const result = await runAction(changePoolInput, input, changePool);
  reloadAfter(result, "/pools");
  return result;
}

export async function removePoolAction(input: RemovePoolInput): Promise<ActionResult<void>> {
  const result = await runAction(removePoolInput, input, removePool);
  reloadAfter(result, "/pools");
  return result;
}
