import "server-only";

import { findAccountByName } from "#access/accounts/server/store";
import { db } from "#foundation/platform/db/client";

/** Whether an account with that name exists, enabled or not. If so, only the account decides about the name. */
export async function hasAccount(name: string): Promise<boolean> {
  return (await findAccountByName(db, name)) !== null;
}
