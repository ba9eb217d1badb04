"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { CancelInput, ConfirmInput, DescribeInput } from "#firmware/imports/schema";
import { cancelInput, confirmInput, describeInput } from "#firmware/imports/schema";
import { cancelImport } from "#firmware/imports/server/cancel-import";
import { confirmImport } from "#firmware/imports/server/confirm-import";
import { describeImport } from "#firmware/imports/server/describe-import";

export async function describeImportAction(input: DescribeInput): Promise<ActionResult<void>> {
  const result = await runAction(describeInput, input, describeImport);
  reloadAfter(result, "/updates/imports", "layout");
  return result;
}

export async function confirmImportAction(input: ConfirmInput): Promise<ActionResult<void>> {
  const result = await runAction(confirmInput, input, confirmImport);
  reloadAfter(result, "/updates/imports", "layout");
  return result;
}

export async function cancelImportAction(input: CancelInput): Promise<ActionResult<void>> {
  const result = await runAction(cancelInput, input, cancelImport);
  reloadAfter(result, "/updates/imports", "layout");
  return result;
}
