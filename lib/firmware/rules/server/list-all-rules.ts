import "server-only";

import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { Rule } from "#firmware/rules/model";
import { ALL_RULES } from "#firmware/rules/search-params";
import { findMatchingRules } from "#firmware/rules/server/store";

/** More than any organisation has. The rule table also holds all rules in memory. */
const MAX_RULES = 1_000_000;

/** All rules in one query, so that none is missed during concurrent changes. */
export async function listAllRules(context: UseCaseContext): Promise<readonly Rule[]> {
  requirePermission(context.actor, "rule:read");
  return findMatchingRules(db, { view: "all", search: ALL_RULES }, MAX_RULES);
}
