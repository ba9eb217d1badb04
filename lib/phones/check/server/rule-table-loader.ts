import "server-only";
import { buildRuleTable } from "#phones/check/rule-table";
import { findSnapshot, findStamp } from "#phones/check/server/store";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { db, inTransaction } from "#foundation/platform/db/client";
import { liveTable } from "#foundation/platform/live-table";

const rules = liveTable({
  name: "rules",
  channel: RULES_CHANNEL,
  load: async () => {
    const snapshot = await inTransaction((tx) => findSnapshot(tx, new Date()), {
      isolation: "RepeatableRead",
    });
    return buildRuleTable(snapshot);
  },
  // A single change takes effect at once; a bulk approval of hundreds of rules causes at most two loads per second.
  pace: { gatherMs: 50, restMs: 500 },
  reloadEveryMs: 30_000,
  isCurrent: async ({ stamp }) => (await findStamp(db)) === stamp,
});

/** A check reads the table once, so it sees one state of the rules. */
export const currentRuleTable = rules.current;

/** For health and metrics. */
export const ruleTableState = rules.state;

/** The age of the last confirmation that the rules in memory match the database; null before the first load. */
export function rulesAgeSeconds(): number | null {
  const { confirmedMs } = rules.state();
  return confirmedMs === null ? null : (performance.now() - confirmedMs) / 1000;
}

/** Rejects if the first load fails: without rules, every phone would be answered that there is no update. */
export const startRuleTable = rules.start;
