import "server-only";
import { statesIn } from "#firmware/imports/transitions";
import { listImports } from "#firmware/imports/server/list-imports";
import type { Rule } from "#firmware/rules/model";
import { ALL_RULES } from "#firmware/rules/search-params";
import { findTestedPhones } from "#firmware/rules/server/find-tested-phones";
import { listRules } from "#firmware/rules/server/list-rules";
import type { TestPhoneState } from "#firmware/rules/test-phone";
import { TROUBLE_STATES } from "#fleet/devices/progress-state";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Decisions, PendingDecision } from "#phones/statistics/decisions";
import { countWaiting } from "#phones/statistics/server/count-waiting";

const MAX_SHOWN = 5;

/** What waits for a decision: the updates that have waited longest with the results of their tests, and the imports. */
export async function listDecisions(context: UseCaseContext): Promise<Decisions> {
  requirePermission(context.actor, "rule:read");
  const [counts, { rules }, { imports }] = await Promise.all([
    countWaiting(context),
    listRules(context, {
      view: "pending",
      search: { ...ALL_RULES, sort: "importedAt", order: "asc", size: MAX_SHOWN },
    }),
    listImports(context, {
      q: "",
      state: statesIn("waiting"),
      sort: "createdAt",
      order: "asc",
      page: 1,
    }),
  ]);
  const pending = await Promise.all(rules.map((rule) => toPending(context, rule)));
  return { counts, pending, imports: imports.slice(0, MAX_SHOWN) };
}

async function toPending(context: UseCaseContext, rule: Rule): Promise<PendingDecision> {
  // Not `listTestPhones`, which also reads the phones that could become test devices.
  const test = await findTestedPhones(context, rule);
  const states = (test?.phones ?? [])
    .map(({ state }) => state)
    .filter((state) => state !== "other_hardware");
  return {
    rule,
    testPhones: states.length,
    running: states.filter((state) => state === "running").length,
    inTrouble: states.filter(isTrouble).length,
  };
}

function isTrouble(state: TestPhoneState): boolean {
  return TROUBLE_STATES.some((trouble) => trouble === state);
}
