import type { SqlDriverAdapter, SqlQuery, Transaction } from "@prisma/driver-adapter-utils";

/**
 * Prisma reads relations with several concurrent queries, also inside a transaction, which is one connection. The pg
 * driver queues them itself, but warns that its next version will not; so they are queued here.
 */
export function queriesInTurn(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const begin = adapter.startTransaction.bind(adapter);
  const startTransaction: SqlDriverAdapter["startTransaction"] = async (isolation) =>
    inTurnWithin(await begin(isolation));
  return Object.assign(adapter, { startTransaction });
}

function inTurnWithin(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    // After a failure too: PostgreSQL answers the queries that follow with the reason.
    const next = last.then(work, work);
    last = next;
    return next;
  };
  const queryRaw = transaction.queryRaw.bind(transaction);
  const executeRaw = transaction.executeRaw.bind(transaction);
  return Object.assign(transaction, {
    queryRaw: (query: SqlQuery) => inTurn(() => queryRaw(query)),
    executeRaw: (query: SqlQuery) => inTurn(() => executeRaw(query)),
  });
}
