import "server-only";
import type { Db } from "#foundation/platform/db/client";
import type { SettingValue, StoredSetting } from "#foundation/settings/model";

const columns = { name: true, value: true, updatedAt: true, updatedBy: true } as const;

export async function findSettings(db: Db): Promise<readonly StoredSetting[]> {
  return db.setting.findMany({ select: columns, orderBy: { name: "asc" } });
}

export async function findSetting(db: Db, name: string): Promise<StoredSetting | null> {
  return db.setting.findUnique({ where: { name }, select: columns });
}

/** Locks a setting until the transaction ends, also if it does not exist. */
export async function lockSetting(tx: Db, name: string): Promise<StoredSetting | null> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`setting ${name}`}, 0))`;
  return findSetting(tx, name);
}

export async function putSetting(
  tx: Db,
  { name, value, updatedAt, updatedBy }: StoredSetting & { readonly value: SettingValue },
): Promise<void> {
  const changed = { value, updatedAt, updatedBy };
  await tx.setting.upsert({ where: { name }, create: { name, ...changed }, update: changed });
}

/** Returns whether the setting existed. */
export async function deleteSetting(tx: Db, name: string): Promise<boolean> {
  const { count } = await tx.setting.deleteMany({ where: { name } });
  return count === 1;
}
