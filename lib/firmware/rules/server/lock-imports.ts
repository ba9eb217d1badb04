import "server-only";

import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import type { Db } from "#foundation/platform/db/client";

/**
 * Acquires a lock until the transaction ends. Only one import writes rules at a time, because two imports for the same
 * phone would both create its rule. It also prevents that a release is cleared before the rule that holds it is inserted.
 */
export async function lockImports(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRANSACTION_LOCKS.imports})`;
}
