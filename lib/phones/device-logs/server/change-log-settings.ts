import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { logSettingsChanged } from "#phones/device-logs/audit-facts";
import type { LogSettings } from "#phones/device-logs/model";
import { DEFAULT_LOG_SETTINGS, withLogSettings } from "#phones/device-logs/model";
import type {
  ChangeLogSettingsInput,
  CreateLogSettingsInput,
  RemoveLogSettingsInput,
} from "#phones/device-logs/schema";
import {
  deleteLogSettings,
  findLogSettings,
  lockLogSettings,
  putLogSettings,
} from "#phones/device-logs/server/settings-store";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { siteKey } from "#fleet/sites/model";
import { listSiteNames } from "#fleet/sites/server/list-site-names";

type Scope = { readonly siteId: string | null; readonly siteName: string | null };

/** Creates the settings of a site. */
export async function createLogSettings(
  context: UseCaseContext,
  { siteName, settings }: CreateLogSettingsInput,
): Promise<void> {
  await write(context, siteName, (before, scope) => {
    if (before !== null) {
      throw new AppError("conflict", `The site ${scope.siteName ?? ""} already has settings.`);
    }
    return settings;
  });
}

/** Changes what is given of the global settings, or of those of a site that has its own. */
export async function changeLogSettings(
  context: UseCaseContext,
  { siteName, settings }: ChangeLogSettingsInput,
): Promise<void> {
  await write(context, siteName, (before, scope) => {
    if (before === null && scope.siteId !== null) {
      throw new AppError(
        "not_found",
        `The site ${scope.siteName ?? ""} has no settings of its own.`,
      );
    }
    return withLogSettings(before ?? DEFAULT_LOG_SETTINGS, settings);
  });
}

/**
 * Removes the settings of a site, so that the global settings apply, or the global settings, so that the defaults
 * apply.
 */
export async function removeLogSettings(
  context: UseCaseContext,
  { siteName }: RemoveLogSettingsInput,
): Promise<void> {
  await write(context, siteName, (before, scope) => {
    if (before === null && scope.siteId !== null) {
      throw new AppError(
        "not_found",
        `The site ${scope.siteName ?? ""} has no settings of its own.`,
      );
    }
    return null;
  });
}

async function write(
  context: UseCaseContext,
  siteName: string | null,
  decide: (before: LogSettings | null, scope: Scope) => LogSettings | null,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  const scope = await requireScope(context, siteName);
  await inTransaction(async (tx) => {
    await lockLogSettings(tx);
    const before = await findOf(tx, scope);
    const after = decide(before, scope);
    if (after === null) {
      await deleteLogSettings(tx, scope.siteId);
    } else {
      const { now: at, actor } = context;
      await putLogSettings(tx, { siteId: scope.siteId, settings: after, at, by: actor.name });
    }
    const isChanged = JSON.stringify(before) !== JSON.stringify(after);
    await recordAudit(tx, context, isChanged ? [logSettingsChanged(scope, before, after)] : []);
  });
}

async function findOf(tx: Db, { siteId }: Scope): Promise<LogSettings | null> {
  const stored = await findLogSettings(tx);
  return stored.find((one) => one.siteId === siteId)?.settings ?? null;
}

async function requireScope(context: UseCaseContext, siteName: string | null): Promise<Scope> {
  if (siteName === null) {
    return { siteId: null, siteName: null };
  }
  const sites = await listSiteNames(context);
  const site = sites.find(({ name }) => siteKey(name) === siteKey(siteName));
  if (site === undefined) {
    throw new AppError("not_found", `There is no site ${siteName}.`);
  }
  return { siteId: site.id, siteName: site.name };
}
