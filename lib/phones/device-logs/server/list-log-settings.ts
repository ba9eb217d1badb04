import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { StoredLogSettings } from "#phones/device-logs/model";
import { DEFAULT_LOG_SETTINGS } from "#phones/device-logs/model";
import { findLogSettings } from "#phones/device-logs/server/settings-store";
import { db } from "#foundation/platform/db/client";

/** Lists the global settings (the defaults if none are stored) and those of the sites that have their own. */
export async function listLogSettings(
  context: UseCaseContext,
): Promise<readonly StoredLogSettings[]> {
  requirePermission(context.actor, "settings:read");
  return withDefaults(await findLogSettings(db));
}

export function withDefaults(stored: readonly StoredLogSettings[]): readonly StoredLogSettings[] {
  const global = stored.find(({ siteId }) => siteId === null) ?? {
    siteId: null,
    siteName: null,
    settings: DEFAULT_LOG_SETTINGS,
    changed: null,
  };
  return [global, ...stored.filter(({ siteId }) => siteId !== null)];
}
