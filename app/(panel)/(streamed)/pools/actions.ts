"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#lib/auth/action-result";
import { runAction } from "#lib/auth/server/run-action";
import type { Pool } from "#lib/pools/model";
import type { ChangePoolInput, CreatePoolInput, RemovePoolInput } from "#lib/pools/schema";
import { changePoolInput, createPoolInput, removePoolInput } from "#lib/pools/schema";
import { changePool } from "#lib/pools/server/change-pool";
import { createPool } from "#lib/pools/server/create-pool";
import { removePool } from "#lib/pools/server/remove-pool";

export async function createPoolAction(input: CreatePoolInput): Promise<ActionResult<Pool>> {
  const result = await runAction(createPoolInput, input, createPool);
  revalidatePath("/pools");
  return result;
}

export async function changePoolAction(input: ChangePoolInput): Promise<ActionResult<void>> {
  const result = await runAction(changePoolInput, input, changePool);
  revalidatePath("/pools");
  return result;
}

export async function removePoolAction(input: RemovePoolInput): Promise<ActionResult<void>> {
  const result = await runAction(removePoolInput, input, removePool);
  revalidatePath("/pools");
  return result;
}
