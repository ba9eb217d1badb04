import "server-only";
import type { DeviceToken } from "#access/device-tokens/model";
import type { Db } from "#foundation/platform/db/client";
import { Prisma } from "#generated/client";

export type StoredDeviceToken = DeviceToken & { readonly tokenHash: string };

export async function findDeviceTokens(db: Db): Promise<readonly StoredDeviceToken[]> {
  const rows = await db.deviceToken.findMany({ orderBy: [{ createdAt: "desc" }, { id: "asc" }] });
  return rows.map((row) => ({ ...toToken(row), tokenHash: row.tokenHash }));
}

export async function findDeviceToken(db: Db, id: string): Promise<DeviceToken | null> {
  const row = await db.deviceToken.findUnique({ where: { id } });
  return row && toToken(row);
}

export async function insertDeviceToken(
  tx: Db,
  token: Omit<StoredDeviceToken, "id" | "lastUsedAt">,
): Promise<DeviceToken> {
  const row = await tx.deviceToken.create({
    data: {
      name: token.name,
      tokenHash: token.tokenHash,
      macAddress: token.macAddress,
      createdAt: token.createdAt,
      createdBy: token.createdBy,
      expiresAt: token.expiresAt,
    },
  });
  return toToken(row);
}

export async function deleteDeviceToken(tx: Db, id: string): Promise<void> {
  await tx.deviceToken.delete({ where: { id } });
}

/** Writes the last use of tokens in one statement. An instant never moves back. */
export async function touchDeviceTokens(
  db: Db,
  uses: readonly { readonly id: string; readonly at: Date }[],
): Promise<void> {
  const rows = uses.map(({ id, at }) => Prisma.sql`(${id}::uuid, ${at}::timestamptz)`);
  await db.$executeRaw`
    update "DeviceToken" as token set "lastUsedAt" = used."at"
    from (values ${Prisma.join(rows)}) as used ("id", "at")
    where token."id" = used."id"
      and (token."lastUsedAt" is null or token."lastUsedAt" < used."at")`;
}

function toToken(row: DeviceToken): DeviceToken {
  return {
    id: row.id,
    name: row.name,
    macAddress: row.macAddress,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
  };
}
