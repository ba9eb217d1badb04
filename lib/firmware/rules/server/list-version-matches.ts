import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { findVersionMatches } from "#firmware/rules/server/version-match-store";
import type { VersionMatch } from "#firmware/rules/version-match";

/** All version matches. */
export async function listVersionMatches(
  context: UseCaseContext,
): Promise<readonly VersionMatch[]> {
  requirePermission(context.actor, "rule:read");
  return findVersionMatches(db);
}
