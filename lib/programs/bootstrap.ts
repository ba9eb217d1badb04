import "server-only";

import { randomBytes, randomUUID } from "node:crypto";
import { createAccount } from "#access/accounts/server/create-account";
import { listAccounts } from "#access/accounts/server/list-accounts";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { createPool } from "#fleet/pools/server/create-pool";
import { listPools } from "#fleet/pools/server/list-pools";

export type BootstrapSettings = {
  /** Undefined: a password is generated. */
  readonly adminPassword: string | undefined;
  /** The name of the first pool. */
  readonly poolFqdn: string;
  /** The URLs of the first pool for phones inside and outside; an administrator can change them later. */
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
};

export type BootstrapResult = {
  /** Set only when this call created the administrator with a generated password. Show it once. */
  readonly generatedPassword: string | null;
};

/** Creates what a new installation needs: an administrator account and a pool. */
export async function bootstrap(settings: BootstrapSettings, now: Date): Promise<BootstrapResult> {
  const context: UseCaseContext = {
    actor: { kind: "system", id: null, name: "ucupdates", role: "administrator" },
    now,
    requestId: randomUUID(),
  };
  const generatedPassword = await ensureAdministrator(context, settings.adminPassword);
  await ensurePool(context, settings);
  return { generatedPassword };
}

async function ensureAdministrator(
  context: UseCaseContext,
  given: string | undefined,
): Promise<string | null> {
  const accounts = await listAccounts(context);
  if (accounts.length > 0) {
    return null;
  }
  const password = given ?? randomBytes(12).toString("base64url");
  await createAccount(context, { name: "admin", password, role: "administrator" });
  return given === undefined ? password : null;
}

async function ensurePool(context: UseCaseContext, settings: BootstrapSettings): Promise<void> {
  if ((await listPools(context)).length > 0) {
    return;
  }
  await createPool(context, {
    fqdn: settings.poolFqdn,
    siteName: "Default",
    internalBaseUrl: settings.internalBaseUrl,
    externalBaseUrl: settings.externalBaseUrl,
    sipDomains: [],
    isDefault: true,
  });
}
