import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { changeSettingUnchecked } from "#foundation/settings/server/change-setting";
import type { SetRetireByAgeInput } from "#fleet/devices/retire-by-age-schema";
import { RETIRE_BY_AGE_SETTING } from "#fleet/devices/retire-by-age";
import { toRetireByAge } from "#fleet/devices/server/find-retire-by-age";

/** Switches retiring by age on or off. The worker retires the first phones within the hour. */
export async function setRetireByAge(
  context: UseCaseContext,
  { days, seenAt }: SetRetireByAgeInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await changeSettingUnchecked(context, {
    name: RETIRE_BY_AGE_SETTING,
    seenAt,
    value: { days: days ?? undefined },
    toFact: (before) => ({
      action: "settings.changed",
      subject: { kind: "settings", id: RETIRE_BY_AGE_SETTING, name: "Retire phones by age" },
      facts: { before: toRetireByAge(before).days, after: days },
    }),
  });
}
