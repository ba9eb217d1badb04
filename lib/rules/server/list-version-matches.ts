import "server-only";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";
import type { Rule } from "#lib/rules/model";
import { findVersionMatches, findVersionMatchesOf } from "#lib/rules/server/version-match-store";
import type { VersionMatch } from "#lib/rules/version-match";

/** All versions that are declared to be the same. */
export async function listVersionMatches(
  context: UseCaseContext,
): Promise<readonly VersionMatch[]> {
  requirePermission(context.actor, "rule:read");
  return findVersionMatches(db);
}

/** Those that count for a rule. */
export async function listVersionMatchesOfRule(
  context: UseCaseContext,
  rule: Pick<Rule, "poolId" | "hardware" | "updateType">,
): Promise<readonly VersionMatch[]> {
  requirePermission(context.actor, "rule:read");
  return findVersionMatchesOf(db, rule);
}
