import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { isBrokenConnection } from "#foundation/platform/db/unavailable";

const READ = /^\s*SELECT\b/i;

/**
 * Repeats once, on another connection, what met a broken connection of the pool and is safe to repeat: a statement that
 * only reads, outside a transaction, and the begin of a transaction. Connections break without a sign when a standby takes
 * over or a pooler restarts.
 */
export function repeatReads(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  const begin = adapter.startTransaction.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: (query) =>
      READ.test(query.sql) ? repeatIfBroken(() => queryRaw(query)) : queryRaw(query),
    startTransaction: (isolation) => repeatIfBroken(() => begin(isolation)),
  } satisfies Partial<SqlDriverAdapter>);
}

async function repeatIfBroken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isBrokenConnection(error)) {
      throw error;
    }
    return work();
  }
}
