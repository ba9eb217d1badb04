import "server-only";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { tryTransactionLock } from "#foundation/platform/db/try-transaction-lock";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import { db, inTransaction } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import { advanceRollOut } from "#phones/roll-outs/server/advance-roll-out";
import { findUnsettled } from "#phones/roll-outs/server/store";

/** A pass over roll-outs of many rules with the whole fleet. */
const MAX_PASS_MS = 10 * 60 * 1000;

/**
 * Counts the phones of the roll-outs that are under way, and finishes those that are over. One process of all hosts does
 * it at a time; it runs on a schedule, so there is no caller to authorise. A roll-out that fails does not affect the
 * others. What a killed process did not finish, the next pass does.
 */
export async function watchRollOuts(now: Date): Promise<void> {
  await inTransaction(
    async (tx) => {
      // The transaction only holds the lock: each roll-out has a transaction of its own.
      if (await tryTransactionLock(tx, TRANSACTION_LOCKS.rollOuts)) {
        await advanceAll(toContext(now));
      }
    },
    { timeoutMs: MAX_PASS_MS },
  );
}

async function advanceAll(context: UseCaseContext): Promise<void> {
  const rollOuts = await findUnsettled(db);
  if (rollOuts.length === 0) {
    return;
  }
  const rules = await presentRuleTable(context.now);
  for (const rollOut of rollOuts) {
    try {
      await advanceRollOut(context, rules, rollOut);
    } catch (error) {
      log().error(
        { err: error, rollOutId: rollOut.id },
        "could not count a roll-out; trying again",
      );
    }
  }
}

function toContext(now: Date): UseCaseContext {
  return {
    actor: { kind: "system", id: null, name: "ucupdates", role: "administrator" },
    now,
    requestId: "",
  };
}
