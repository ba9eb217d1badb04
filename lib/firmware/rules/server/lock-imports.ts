import "server-only";

import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import type { Db } from "#foundation/platform/db/client";

/**
 * Held until the transaction ends: one import writes rules at a time, because two that bring the same phone
 * would both create its rule; and no release is cleared away between its creation and its rule's.
 */
export async function lockImports(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRANSACTION_LOCKS.imports})`;
}
