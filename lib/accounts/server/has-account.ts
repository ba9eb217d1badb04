import "server-only";

import { findAccountByName } from "#lib/accounts/server/store";
import { db } from "#lib/platform/db/client";

/** Whether there is an account of that name, enabled or not: it alone then decides about that name. */
export async function hasAccount(name: string): Promise<boolean> {
  return (await findAccountByName(db, name)) !== null;
}
