import "server-only";
import type { CaptureSettings } from "#phones/captures/model";
import { CAPTURE_SETTING } from "#phones/captures/model";
import { captureSettings, DEFAULT_CAPTURE_SETTINGS } from "#phones/captures/schema";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { StoredSetting } from "#foundation/settings/model";
import { readSettingUnchecked } from "#foundation/settings/server/change-setting";

export type StoredCaptureSettings = {
  readonly settings: CaptureSettings;
  /** Null: the defaults were never changed. */
  readonly changed: { readonly at: Date; readonly by: string } | null;
};

/** Reads the capture settings from the database. */
export async function findCaptureSettings(context: UseCaseContext): Promise<StoredCaptureSettings> {
  requirePermission(context.actor, "settings:read");
  return toCaptureSettings(await readSettingUnchecked(CAPTURE_SETTING));
}

export function toCaptureSettings(setting: StoredSetting | null): StoredCaptureSettings {
  const parsed = captureSettings.safeParse(setting?.value);
  return {
    settings: parsed.success ? parsed.data : DEFAULT_CAPTURE_SETTINGS,
    changed: setting === null ? null : { at: setting.updatedAt, by: setting.updatedBy },
  };
}
