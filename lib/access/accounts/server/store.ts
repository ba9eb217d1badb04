import "server-only";

import { z } from "zod";
import type { Account, ApiToken } from "#access/accounts/model";
import { accountKey } from "#access/accounts/model";
import { AppError } from "#foundation/core/errors";
import type { Role } from "#foundation/core/permissions";
import { ROLES } from "#foundation/core/permissions";
import type { Db } from "#foundation/platform/db/client";
import { isUniqueViolation } from "#foundation/platform/db/faults";
import type { Prisma } from "#generated/client";

const roleColumn = z.enum(ROLES);

/** An account with the fields that only sign-in may read. */
export type StoredAccount = Account & {
  readonly passwordHash: string;
  readonly sessionsValidFrom: Date;
};

export async function findAccountByName(db: Db, name: string): Promise<StoredAccount | null> {
  const row = await db.account.findUnique({ where: { nameKey: accountKey(name) } });
  return row && toStoredAccount(row);
}

export async function findAccountById(db: Db, id: string): Promise<StoredAccount | null> {
  const row = await db.account.findUnique({ where: { id } });
  return row && toStoredAccount(row);
}

export async function findAccounts(db: Db): Promise<readonly Account[]> {
  const rows = await db.account.findMany({ orderBy: { nameKey: "asc" } });
  return rows.map(toAccount);
}

/** Counts enabled administrators and locks their rows, so that two transactions cannot remove the last two at once. */
export async function countEnabledAdministrators(tx: Db): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Account" WHERE "role" = 'administrator' AND "isEnabled" FOR UPDATE`;
  return rows.length;
}

export async function insertAccount(
  tx: Db,
  account: { readonly name: string; readonly passwordHash: string; readonly role: Role },
  now: Date,
): Promise<Account> {
  try {
    const row = await tx.account.create({
      data: {
        name: account.name,
        nameKey: accountKey(account.name),
        passwordHash: account.passwordHash,
        role: account.role,
        createdAt: now,
        sessionsValidFrom: now,
      },
    });
    return toAccount(row);
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new AppError("conflict", `There is already an account ${account.name}.`, {
        cause: error,
      });
    }
    throw error;
  }
}

export type AccountChange = {
  readonly role?: Role;
  readonly isEnabled?: boolean;
  readonly passwordHash?: string;
  readonly sessionsValidFrom?: Date;
};

export async function updateAccount(tx: Db, id: string, change: AccountChange): Promise<void> {
  await tx.account.update({
    where: { id },
    data: {
      ...(change.role === undefined ? {} : { role: change.role }),
      ...(change.isEnabled === undefined ? {} : { isEnabled: change.isEnabled }),
      ...(change.passwordHash === undefined ? {} : { passwordHash: change.passwordHash }),
      ...(change.sessionsValidFrom === undefined
        ? {}
        : { sessionsValidFrom: change.sessionsValidFrom }),
    },
  });
}

/** Locks the row, so that other transactions cannot change the account until this one ends. */
export async function lockAccount(tx: Db, id: string): Promise<StoredAccount | null> {
  await tx.$executeRaw`SELECT 1 FROM "Account" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return findAccountById(tx, id);
}

export async function deleteAccount(tx: Db, id: string): Promise<void> {
  await tx.account.delete({ where: { id } });
}

export async function touchSignIn(db: Db, id: string, now: Date): Promise<void> {
  await db.account.update({ where: { id }, data: { lastSignInAt: now } });
}

export async function insertToken(
  tx: Db,
  token: {
    readonly accountId: string;
    readonly name: string;
    readonly tokenHash: string;
    readonly createdAt: Date;
    readonly expiresAt: Date | null;
  },
): Promise<ApiToken> {
  const row = await tx.apiToken.create({
    data: {
      accountId: token.accountId,
      name: token.name,
      tokenHash: token.tokenHash,
      createdAt: token.createdAt,
      expiresAt: token.expiresAt,
    },
    include: { account: true },
  });
  return toToken(row);
}

export async function findTokenByHash(
  db: Db,
  tokenHash: string,
): Promise<{ readonly token: ApiToken; readonly account: StoredAccount } | null> {
  const row = await db.apiToken.findUnique({ where: { tokenHash }, include: { account: true } });
  return row && { token: toToken(row), account: toStoredAccount(row.account) };
}

export async function findTokenById(db: Db, id: string): Promise<ApiToken | null> {
  const row = await db.apiToken.findUnique({ where: { id }, include: { account: true } });
  return row && toToken(row);
}

export async function findTokensOfAccount(db: Db, accountId: string): Promise<readonly ApiToken[]> {
  return findTokens(db, { accountId });
}

export async function findAllTokens(db: Db): Promise<readonly ApiToken[]> {
  return findTokens(db, {});
}

async function findTokens(db: Db, where: Prisma.ApiTokenWhereInput): Promise<readonly ApiToken[]> {
  const rows = await db.apiToken.findMany({
    where,
    include: { account: true },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map(toToken);
}

/** Does nothing if the token was deleted since it was read. */
export async function touchToken(db: Db, id: string, now: Date): Promise<void> {
  await db.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } });
}

/** Returns the number of deleted tokens. */
export async function deleteTokensOfAccount(tx: Db, accountId: string): Promise<number> {
  const { count } = await tx.apiToken.deleteMany({ where: { accountId } });
  return count;
}

export async function deleteToken(tx: Db, id: string): Promise<void> {
  await tx.apiToken.delete({ where: { id } });
}

type AccountRow = Prisma.AccountGetPayload<object>;
type TokenRow = Prisma.ApiTokenGetPayload<{ include: { account: true } }>;

function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    role: roleColumn.parse(row.role),
    isEnabled: row.isEnabled,
    createdAt: row.createdAt,
    lastSignInAt: row.lastSignInAt,
  };
}

export function toStoredAccount(row: AccountRow): StoredAccount {
  return {
    ...toAccount(row),
    passwordHash: row.passwordHash,
    sessionsValidFrom: row.sessionsValidFrom,
  };
}

function toToken(row: TokenRow): ApiToken {
  return {
    id: row.id,
    accountId: row.accountId,
    accountName: row.account.name,
    name: row.name,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
  };
}
