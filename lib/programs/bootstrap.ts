import "server-only";

import { randomBytes, randomUUID } from "node:crypto";
import { createAccount } from "#access/accounts/server/create-account";
import { listAccounts } from "#access/accounts/server/list-accounts";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { createPool } from "#fleet/pools/server/create-pool";
import { listPools } from "#fleet/pools/server/list-pools";

export type BootstrapSettings = {
  /** Undefined: one is generated. */
  readonly adminPassword: string | undefined;
  /** What the first pool is called. */
  readonly poolFqdn: string;
  /** Where phones inside and outside reach this service, until somebody says otherwise. */
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
};

export type BootstrapResult = {
  /** Set when the administrator was made just now with a generated password: show it once. */
  readonly generatedPassword: string | null;
};

/** Makes what a new installation cannot do without: somebody who can sign in, and a pool. */
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
