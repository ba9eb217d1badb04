import "server-only";

import { findAccountByName } from "#access/accounts/server/store";
import { db } from "#foundation/platform/db/client";

/** Whether there is an account of that name, enabled or not: it alone then decides about that name. */
export async function hasAccount(name: string): Promise<boolean> {
  return (await findAccountByName(db, name)) !== null;
}
