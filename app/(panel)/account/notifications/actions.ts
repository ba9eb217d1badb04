"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { ChangeOwnNotificationsInput } from "#access/notifications/schema";
import { changeOwnNotificationsInput } from "#access/notifications/schema";
import { changeOwnNotifications } from "#access/notifications/server/change-own-notifications";

export async function changeOwnNotificationsAction(
  input: ChangeOwnNotificationsInput,
): Promise<ActionResult<void>> {
  const result = await runAction(changeOwnNotificationsInput, input, changeOwnNotifications);
  reloadAfter(result, "/account/notifications");
  return result;
}
