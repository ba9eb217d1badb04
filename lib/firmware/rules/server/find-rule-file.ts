import "server-only";

import { imageKey } from "#foundation/core/hardware";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { ReleaseFile } from "#firmware/rules/model";
import { findReleases } from "#firmware/rules/server/release-store";
import { findRule } from "#firmware/rules/server/store";

/** A file with that digest from any version imported for a rule's phone; null if there is none. */
export async function findRuleFile(
  context: UseCaseContext,
  { ruleId, sha256 }: { readonly ruleId: string; readonly sha256: string },
): Promise<ReleaseFile | null> {
  requirePermission(context.actor, "rule:read");
  const rule = await findRule(db, ruleId);
  if (rule === null) {
    return null;
  }
  const releases = await findReleases(db, imageKey(rule.hardware, rule.updateType));
  return releases.flatMap(({ files }) => files).find((file) => file.sha256 === sha256) ?? null;
}
