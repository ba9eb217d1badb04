import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ProvisioningSwitch, StoredProvisioningSwitch } from "#phones/home-pools/model";
import { PROVISIONING_SETTING } from "#phones/home-pools/model";
import type { SetProvisioningInput } from "#phones/home-pools/schema";
import { provisioningSwitch } from "#phones/home-pools/schema";
import {
  changeSettingUnchecked,
  readSettingUnchecked,
} from "#foundation/settings/server/change-setting";
import { liveSetting } from "#foundation/settings/server/live-settings";

const DEFAULT_SWITCH: ProvisioningSwitch = { isEnabled: true, disabledPoolIds: [] };

/** The current switch, from memory. */
export const currentProvisioningSwitch = liveSetting(PROVISIONING_SETTING, toSwitch);

export async function findProvisioningSwitch(
  context: UseCaseContext,
): Promise<StoredProvisioningSwitch> {
  requirePermission(context.actor, "pool:read");
  const stored = await readSettingUnchecked(PROVISIONING_SETTING);
  return { ...toSwitch(stored?.value), updatedAt: stored?.updatedAt ?? null };
}

/**
 * Switches updates on or off in the provisioning document of signed-in phones. Phones that know the update URL still
 * check.
 */
export async function setProvisioningSwitch(
  context: UseCaseContext,
  { seenAt, isEnabled, disabledPoolIds }: SetProvisioningInput,
): Promise<void> {
  requirePermission(context.actor, "pool:write");
  await changeSettingUnchecked(context, {
    name: PROVISIONING_SETTING,
    seenAt,
    value: { isEnabled, disabledPoolIds },
    toFact: (before) => ({
      action: "settings.changed",
      subject: { kind: "settings", id: PROVISIONING_SETTING, name: PROVISIONING_SETTING },
      facts: { isEnabledBefore: toSwitch(before?.value).isEnabled, isEnabled, disabledPoolIds },
    }),
  });
}

function toSwitch(stored: unknown): ProvisioningSwitch {
  const parsed = provisioningSwitch.safeParse(stored);
  return parsed.success ? parsed.data : DEFAULT_SWITCH;
}
