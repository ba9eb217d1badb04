"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#lib/auth/action-result";
import { runAction } from "#lib/auth/server/run-action";
import type { ClearedLogs } from "#lib/logs/model";
import type { ClearLogsInput } from "#lib/logs/schema";
import { clearLogsInput } from "#lib/logs/schema";
import { clearLogs } from "#lib/logs/server/clear-logs";

export async function clearLogsAction(input: ClearLogsInput): Promise<ActionResult<ClearedLogs>> {
  const result = await runAction(clearLogsInput, input, clearLogs);
  revalidatePath("/logs");
  return result;
}
