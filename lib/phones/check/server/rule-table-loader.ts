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
  // A single change shows at once; a bulk approval of hundreds of rules costs two loads a second while it lasts.
  pace: { gatherMs: 50, restMs: 500 },
  reloadEveryMs: 30_000,
  isCurrent: async ({ stamp }) => (await findStamp(db)) === stamp,
});

/** A check takes the table once and sees one state of the rules throughout. */
export const currentRuleTable = rules.current;

/** For health and metrics. */
export const ruleTableState = rules.state;

/** Rejects if the first load fails: without rules every phone would be told that there is no update for it. */
export const startRuleTable = rules.start;
