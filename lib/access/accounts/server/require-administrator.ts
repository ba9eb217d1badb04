import "server-only";

import type { Account } from "#access/accounts/model";
import { countEnabledAdministrators } from "#access/accounts/server/store";
import { AppError } from "#foundation/core/errors";
import type { Db } from "#foundation/platform/db/client";

/** Throws `invalid_state` if a change would leave no administrator who can sign in. */
export async function requireAnAdministratorRemains(
  tx: Db,
  leaving: Pick<Account, "role" | "isEnabled">,
): Promise<void> {
  const isCounted = leaving.role === "administrator" && leaving.isEnabled;
  if (isCounted && (await countEnabledAdministrators(tx)) <= 1) {
    throw new AppError("invalid_state", "This is the last administrator who can sign in.");
  }
}
