import "server-only";
import type { Rule } from "#firmware/rules/model";
import { ALL_RULES } from "#firmware/rules/search-params";
import { findMatchingRules } from "#firmware/rules/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** The newest rules that have all words of a text, at most `most`, without counting them. */
export async function findRulesByWords(
  context: UseCaseContext,
  q: string,
  most: number,
): Promise<readonly Rule[]> {
  requirePermission(context.actor, "rule:read");
  return findMatchingRules(db, { view: "all", search: { ...ALL_RULES, q } }, most);
}
