import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { StoredSetting } from "#foundation/settings/model";
import { readSettingUnchecked } from "#foundation/settings/server/change-setting";
import type { RetireByAgeState } from "#fleet/devices/retire-by-age";
import { RETIRE_BY_AGE_SETTING } from "#fleet/devices/retire-by-age";
import { retireByAge } from "#fleet/devices/retire-by-age-schema";

/** After how many days of silence the service retires phones, and who decided it. */
export async function findRetireByAge(context: UseCaseContext): Promise<RetireByAgeState> {
  requirePermission(context.actor, "settings:read");
  return toRetireByAge(await readSettingUnchecked(RETIRE_BY_AGE_SETTING));
}

export function toRetireByAge(setting: StoredSetting | null): RetireByAgeState {
  const parsed = retireByAge.safeParse(setting?.value);
  return {
    days: parsed.success ? parsed.data.days : null,
    changed: setting === null ? null : { at: setting.updatedAt, by: setting.updatedBy },
  };
}
