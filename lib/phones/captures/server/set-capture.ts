import "server-only";
import { captureChanged } from "#phones/captures/audit-facts";
import { CAPTURE_SETTING } from "#phones/captures/model";
import type { SetCaptureInput } from "#phones/captures/schema";
import { toCaptureSettings } from "#phones/captures/server/find-capture-settings";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { changeSettingUnchecked } from "#foundation/settings/server/change-setting";

/** Saves the capture settings; they take effect in all processes at once. */
export async function setCapture(
  context: UseCaseContext,
  { settings, seenAt }: SetCaptureInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await changeSettingUnchecked(context, {
    name: CAPTURE_SETTING,
    seenAt,
    value: settings,
    toFact: (before) => captureChanged(toCaptureSettings(before).settings, settings),
  });
}
