import "server-only";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { StoredLogSettings } from "#lib/logs/model";
import { DEFAULT_LOG_SETTINGS } from "#lib/logs/model";
import { findLogSettings } from "#lib/logs/server/settings-store";
import { db } from "#lib/platform/db/client";

/** The global settings, always, and those of the sites that have their own. */
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
