"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { ClearedLogs } from "#phones/device-logs/model";
import type { ClearLogsInput } from "#phones/device-logs/schema";
import { clearLogsInput } from "#phones/device-logs/schema";
import { clearLogs } from "#phones/device-logs/server/clear-logs";

export async function clearLogsAction(input: ClearLogsInput): Promise<ActionResult<ClearedLogs>> {
  const result = await runAction(clearLogsInput, input, clearLogs);
  reloadAfter(result, "/logs");
  return result;
}
