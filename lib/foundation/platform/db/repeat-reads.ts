import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { isBrokenConnection } from "#foundation/platform/db/unavailable";

const READ = /^\s*(?:SELECT|WITH)\b/i;
/** A common table expression may change rows. */
const WRITE = /\b(?:INSERT|UPDATE|DELETE|MERGE)\b/i;

/** More than the connections that a pool may have: each broken one leaves the pool. */
const MAX_ATTEMPTS = 20;

/**
 * Repeats on another connection what met a broken connection of the pool and is safe to repeat: a statement that
 * only reads, outside a transaction, and the begin of a transaction. Connections break without a sign when a standby takes
 * over or a pooler restarts.
 */
export function repeatReads(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  const begin = adapter.startTransaction.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: (query) =>
      onlyReads(query.sql) ? repeatIfBroken(() => queryRaw(query)) : queryRaw(query),
    startTransaction: (isolation) => repeatIfBroken(() => begin(isolation)),
  } satisfies Partial<SqlDriverAdapter>);
}

function onlyReads(sql: string): boolean {
  return READ.test(sql) && !WRITE.test(sql);
}

async function repeatIfBroken<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isBrokenConnection(error)) {
        throw error;
      }
    }
  }
}
