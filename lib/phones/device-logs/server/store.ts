import "server-only";
import { z } from "zod";
import type { Prisma } from "#generated/client";
import { distinctIgnoringCase, foldCase, includesIgnoringCase } from "#foundation/core/fold-case";
import { isSearchable, toMacDigits } from "#foundation/core/search-text";
import { toTimeRange } from "#foundation/core/time";
import { SIDES } from "#fleet/devices/model";
import type { DeviceLog, DeviceLogSummary } from "#phones/device-logs/model";
import type { LogSearch } from "#phones/device-logs/search-params";
import type { Db } from "#foundation/platform/db/client";
import { containing } from "#foundation/platform/db/text-filter";

const row = z.object({
  id: z.string(),
  at: z.date(),
  deviceKey: z.string().nullable(),
  macAddress: z.string().nullable(),
  serialNumber: z.string().nullable(),
  deviceType: z.string(),
  brand: z.string(),
  model: z.string(),
  poolId: z.string().nullable(),
  siteId: z.string().nullable(),
  side: z.enum(SIDES),
  address: z.string(),
  userName: z.string().nullable(),
  logType: z.string(),
  extension: z.string(),
  fileName: z.string(),
  givenName: z.string(),
  sizeBytes: z.bigint().transform(Number),
});

export async function insertLog(db: Db, log: Omit<DeviceLog, "id">): Promise<string> {
  const { id } = await db.deviceLog.create({
    data: {
      at: log.at,
      deviceKey: log.deviceKey,
      macAddress: log.macAddress,
      serialNumber: log.serialNumber,
      deviceType: log.deviceType,
      brand: log.brand,
      model: log.model,
      poolId: log.poolId,
      siteId: log.siteId,
      side: log.side,
      address: log.address,
      userName: log.userName,
      logType: log.logType,
      extension: log.extension,
      fileName: log.fileName,
      givenName: log.givenName,
      sizeBytes: BigInt(log.sizeBytes),
    },
    select: { id: true },
  });
  return id;
}

/** The total size of a phone's logs, by its key, or by its address if it has no key. */
export async function sumLogBytes(
  db: Db,
  { deviceKey, address }: Pick<DeviceLog, "deviceKey" | "address">,
): Promise<number> {
  const { _sum } = await db.deviceLog.aggregate({
    where: deviceKey === null ? { deviceKey: null, address } : { deviceKey },
    _sum: { sizeBytes: true },
  });
  return Number(_sum.sizeBytes ?? 0);
}

/** The size of all logs, each rounded up to whole blocks. */
export async function sumStoredLogBytes(db: Db, blockBytes: number): Promise<number> {
  const [row] = await db.$queryRaw<{ total: bigint }[]>`
    SELECT coalesce(sum(greatest(1, ceil("sizeBytes"::numeric / ${blockBytes}::int))), 0)::bigint
      * ${blockBytes}::int AS total FROM "DeviceLog"`;
  return Number(row?.total ?? 0);
}

export async function findLogById(db: Db, id: string): Promise<DeviceLogSummary | null> {
  const found = await db.deviceLog.findUnique({ where: { id } });
  if (found === null) {
    return null;
  }
  const [summary] = await withPools(db, [row.parse(found)]);
  return summary ?? null;
}

export async function countLogs(db: Db, search: LogSearch): Promise<number> {
  return db.deviceLog.count({ where: await toWhere(db, search) });
}

export async function searchLogs(
  db: Db,
  search: LogSearch,
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<readonly DeviceLogSummary[]> {
  const rows = await db.deviceLog.findMany({
    where: await toWhere(db, search),
    orderBy: [{ [search.sort]: search.order }, { id: search.order }],
    skip,
    take,
  });
  return withPools(db, z.array(row).parse(rows));
}

/** The logs of one device, newest first. `before` is exclusive; null: no limit. */
export async function findLogsOfDevice(
  db: Db,
  {
    deviceId,
    before,
    take,
  }: { readonly deviceId: string; readonly before: Date | null; readonly take: number },
): Promise<readonly DeviceLogSummary[]> {
  const device = await db.device.findUnique({
    where: { id: deviceId },
    select: { deviceKey: true },
  });
  if (device === null) {
    return [];
  }
  const rows = await db.deviceLog.findMany({
    where: { deviceKey: device.deviceKey, ...(before === null ? {} : { at: { lt: before } }) },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
  });
  return withPools(db, z.array(row).parse(rows));
}

/** The types of the stored logs. */
export async function findLogTypes(db: Db): Promise<readonly string[]> {
  return distinctIgnoringCase(await findTypeSpellings(db));
}

async function findTypeSpellings(db: Db): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ logType: string }[]>`
    SELECT DISTINCT "logType" FROM "DeviceLog"`;
  return rows.map(({ logType }) => logType);
}

/** The logs that a clean-up covers. */
export type LogScope =
  | { readonly kind: "all" }
  | { readonly kind: "site"; readonly siteId: string }
  /** All sites except these, which have their own settings. */
  | { readonly kind: "others"; readonly exceptSiteIds: readonly string[] };

export type ExpiredLog = Pick<DeviceLog, "id" | "logType" | "fileName">;

export async function findExpiredLogs(
  db: Db,
  scope: LogScope,
  { before, take }: { readonly before: Date; readonly take: number },
): Promise<readonly ExpiredLog[]> {
  return db.deviceLog.findMany({
    where: { at: { lt: before }, ...ofScope(scope) },
    select: { id: true, logType: true, fileName: true },
    orderBy: { at: "asc" },
    take,
  });
}

export async function deleteLogs(db: Db, ids: readonly string[]): Promise<number> {
  const { count } = await db.deviceLog.deleteMany({ where: { id: { in: [...ids] } } });
  return count;
}

/** Returns those of the names that have a row. */
export async function findKnownFileNames(
  db: Db,
  fileNames: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.deviceLog.findMany({
    where: { fileName: { in: [...fileNames] } },
    select: { fileName: true },
  });
  return new Set(rows.map(({ fileName }) => fileName));
}

function ofScope(scope: LogScope): Prisma.DeviceLogWhereInput {
  switch (scope.kind) {
    case "all":
      return {};
    case "site":
      return { siteId: scope.siteId };
    case "others":
      return { OR: [{ siteId: null }, { siteId: { notIn: [...scope.exceptSiteIds] } }] };
  }
}

async function withPools(
  db: Db,
  logs: readonly z.output<typeof row>[],
): Promise<readonly DeviceLogSummary[]> {
  const ids = logs.flatMap(({ poolId }) => (poolId === null ? [] : [poolId]));
  const pools = await db.pool.findMany({
    where: { id: { in: ids } },
    select: { id: true, fqdn: true },
  });
  const names = new Map(pools.map(({ id, fqdn }) => [id, fqdn]));
  return logs.map((log) => ({
    ...log,
    poolFqdn: log.poolId === null ? null : (names.get(log.poolId) ?? null),
  }));
}

async function toWhere(db: Db, search: LogSearch): Promise<Prisma.DeviceLogWhereInput> {
  const { from, before } = toTimeRange(search.from, search.to);
  const conditions: Prisma.DeviceLogWhereInput[] = [
    ...(from === null ? [] : [{ at: { gte: from } }]),
    ...(before === null ? [] : [{ at: { lt: before } }]),
  ];
  if (search.type.length > 0) {
    const spellings = await findTypeSpellings(db);
    conditions.push({
      logType: { in: spellings.filter((type) => includesIgnoringCase(search.type, type)) },
    });
  }
  if (search.pool.length > 0) {
    const pools = await db.pool.findMany({
      where: { fqdn: { in: search.pool.filter(isSearchable).map(foldCase) } },
      select: { id: true },
    });
    conditions.push({ poolId: { in: pools.map(({ id }) => id) } });
  }
  if (search.q.trim() !== "") {
    conditions.push(matchesText(search.q.trim()));
  }
  return { AND: conditions };
}

function matchesText(text: string): Prisma.DeviceLogWhereInput {
  const contains = containing(text);
  const digits = toMacDigits(text);
  return {
    OR: [
      ...(digits === null ? [] : [{ macAddress: containing(digits) }]),
      { serialNumber: contains },
      { model: contains },
      { address: contains },
      { userName: contains },
      { givenName: contains },
      { fileName: contains },
    ],
  };
}
