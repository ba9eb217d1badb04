import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { SetReadinessInput, StoredReadinessSettings } from "#programs/readiness/settings";
import {
  DEFAULT_READINESS_SETTINGS,
  READINESS_SETTING,
  readinessSettings,
} from "#programs/readiness/settings";
import {
  changeSettingUnchecked,
  readSettingUnchecked,
} from "#foundation/settings/server/change-setting";

export async function findReadinessSettings(
  context: UseCaseContext,
): Promise<StoredReadinessSettings> {
  requirePermission(context.actor, "settings:read");
  const stored = await readSettingUnchecked(READINESS_SETTING);
  const parsed = readinessSettings.safeParse(stored?.value);
  return {
    ...(parsed.success ? parsed.data : DEFAULT_READINESS_SETTINGS),
    updatedAt: stored?.updatedAt ?? null,
  };
}

export async function setReadinessSettings(
  context: UseCaseContext,
  { seenAt, dhcpDomains, dnsServer, trustedAuthorities }: SetReadinessInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await changeSettingUnchecked(context, {
    name: READINESS_SETTING,
    seenAt,
    value: { dhcpDomains, dnsServer, trustedAuthorities },
    toFact: () => ({
      action: "settings.changed",
      subject: { kind: "settings", id: READINESS_SETTING, name: READINESS_SETTING },
      facts: { dhcpDomains, dnsServer, hasAuthorities: trustedAuthorities !== "" },
    }),
  });
}
