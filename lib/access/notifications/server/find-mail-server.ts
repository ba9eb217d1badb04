import "server-only";
import type { StoredMailServer } from "#access/notifications/model";
import { MAIL_SETTING } from "#access/notifications/model";
import { parseStored } from "#access/notifications/server/mail-access";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { readSettingUnchecked } from "#foundation/settings/server/change-setting";

/** The mail server; its password is never returned. */
export async function findMailServer(context: UseCaseContext): Promise<StoredMailServer> {
  requirePermission(context.actor, "settings:write");
  const setting = await readSettingUnchecked(MAIL_SETTING);
  const { server, password } = parseStored(setting);
  return { server, hasPassword: password !== null, updatedAt: setting?.updatedAt ?? null };
}
