import "server-only";
import { z } from "zod";
import type { LogSettings, StoredLogSettings } from "#phones/device-logs/model";
import { logSettings } from "#phones/device-logs/schema";
import type { Db } from "#foundation/platform/db/client";

const GLOBAL = "global";

const row = z.object({
  siteId: z.string().nullable(),
  site: z.object({ name: z.string() }).nullable(),
  updatedAt: z.date(),
  updatedBy: z.string(),
});

type Change = {
  readonly siteId: string | null;
  readonly settings: LogSettings;
  readonly at: Date;
  readonly by: string;
};

/** The global settings first, then those of sites by name. */
export async function findLogSettings(db: Db): Promise<readonly StoredLogSettings[]> {
  const rows = await db.logSettings.findMany({
    include: { site: { select: { name: true } } },
    orderBy: { site: { nameKey: "asc" } },
  });
  return rows.map((found) => {
    const { siteId, site, updatedAt, updatedBy } = row.parse(found);
    return {
      siteId,
      siteName: site?.name ?? null,
      settings: toSettings(found),
      changed: { at: updatedAt, by: updatedBy },
    };
  });
}

/** Serialises changes of the settings until the transaction ends. */
export async function lockLogSettings(tx: Db): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('log settings', 0))`;
}

export async function putLogSettings(db: Db, { siteId, settings, at, by }: Change): Promise<void> {
  const columns = {
    validTypes: [...settings.validTypes],
    validExtensions: [...settings.validExtensions],
    maxFileSizeBytes: settings.maxFileSizeBytes,
    maxCacheBytes: settings.maxCacheBytes,
    flushIntervalSeconds: settings.flushIntervalSeconds,
    cleanUpIntervalDays: settings.cleanUpIntervalDays,
    cleanUpTimeOfDay: settings.cleanUpTimeOfDay,
    updatedAt: at,
    updatedBy: by,
  };
  const scopeKey = siteId ?? GLOBAL;
  await db.logSettings.upsert({
    where: { scopeKey },
    create: { scopeKey, siteId, ...columns },
    update: columns,
  });
}

/** Returns whether the settings existed. */
export async function deleteLogSettings(db: Db, siteId: string | null): Promise<boolean> {
  const { count } = await db.logSettings.deleteMany({ where: { scopeKey: siteId ?? GLOBAL } });
  return count === 1;
}

function toSettings(columns: Readonly<Record<keyof LogSettings, unknown>>): LogSettings {
  return logSettings.parse({
    validTypes: columns.validTypes,
    validExtensions: columns.validExtensions,
    maxFileSizeBytes: columns.maxFileSizeBytes,
    maxCacheBytes: columns.maxCacheBytes,
    flushIntervalSeconds: columns.flushIntervalSeconds,
    cleanUpIntervalDays: columns.cleanUpIntervalDays,
    cleanUpTimeOfDay: columns.cleanUpTimeOfDay,
  });
}
