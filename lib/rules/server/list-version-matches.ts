import "server-only";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";
import { findVersionMatches } from "#lib/rules/server/version-match-store";
import type { VersionMatch } from "#lib/rules/version-match";

/** All versions that are declared to be the same. */
export async function listVersionMatches(
  context: UseCaseContext,
): Promise<readonly VersionMatch[]> {
  requirePermission(context.actor, "rule:read");
  return findVersionMatches(db);
}
