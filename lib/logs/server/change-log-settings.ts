import "server-only";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { logSettingsChanged } from "#lib/logs/audit-facts";
import type { LogSettings } from "#lib/logs/model";
import type {
  ChangeLogSettingsInput,
  CreateLogSettingsInput,
  RemoveLogSettingsInput,
} from "#lib/logs/schema";
import {
  deleteLogSettings,
  findLogSettings,
  lockLogSettings,
  putLogSettings,
} from "#lib/logs/server/settings-store";
import type { Db } from "#lib/platform/db/client";
import { inTransaction } from "#lib/platform/db/client";
import { listSites } from "#lib/pools/server/list-pools";

type Scope = { readonly siteId: string | null; readonly siteName: string | null };

/** Gives a site settings of its own. */
export async function createLogSettings(
  context: UseCaseContext,
  { siteName, settings }: CreateLogSettingsInput,
): Promise<void> {
  await write(context, siteName, (before, scope) => {
    if (before !== null) {
      throw new AppError("conflict", `The site ${scope.siteName ?? ""} has settings already.`);
    }
    return settings;
  });
}

/** Changes the settings of everybody, or those of a site that has its own. */
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
    return settings;
  });
}

/** Takes a site's settings away, so that the global ones hold there; of the global ones, the defaults come back. */
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
  const sites = await listSites(context);
  const site = sites.find(({ name }) => name.toLowerCase() === siteName.toLowerCase());
  if (site === undefined) {
    throw new AppError("not_found", `There is no site ${siteName}.`);
  }
  return { siteId: site.id, siteName: site.name };
}
