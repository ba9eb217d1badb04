import "server-only";
import type { RuleTable } from "#phones/check/rule-table";
import { buildRuleTable } from "#phones/check/rule-table";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { findSnapshot, findStamp } from "#phones/check/server/store";
import { db, inTransaction } from "#foundation/platform/db/client";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/**
 * The rules as they are now, also directly after a change, before the notification arrives. Reads only a stamp if the
 * live table of this process, or the table of the last call in a process without one, is still current.
 */
export async function presentRuleTable(now: Date): Promise<RuleTable> {
  const last = oncePerProcess("present rule table", (): { table: RuleTable | null } => ({
    table: null,
  }));
  const stamp = await findStamp(db);
  const current = [ruleTableState().table, last.table].find((table) => table?.stamp === stamp);
  if (current !== undefined && current !== null) {
    return current;
  }
  const snapshot = await inTransaction((tx) => findSnapshot(tx, now), {
    isolation: "RepeatableRead",
  });
  last.table = buildRuleTable(snapshot);
  return last.table;
}
