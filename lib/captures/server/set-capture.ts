import "server-only";
import { captureChanged } from "#lib/captures/audit-facts";
import { CAPTURE_SETTING } from "#lib/captures/model";
import type { SetCaptureInput } from "#lib/captures/schema";
import { toCaptureSettings } from "#lib/captures/server/find-capture-settings";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { changeSetting } from "#lib/settings/server/change-setting";

/** Switches capturing on or off, and bounds it; in every process, at once. */
export async function setCapture(
  context: UseCaseContext,
  { settings, seenAt }: SetCaptureInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await changeSetting(context, {
    name: CAPTURE_SETTING,
    seenAt,
    value: settings,
    toFact: (before) => captureChanged(toCaptureSettings(before).settings, settings),
  });
}
