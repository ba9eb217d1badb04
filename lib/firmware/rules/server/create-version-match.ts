import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import { isSameVersion } from "#foundation/core/version";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import type { Rule } from "#firmware/rules/model";
import { findRule } from "#firmware/rules/server/store";
import { insertVersionMatch } from "#firmware/rules/server/version-match-store";
import type { VersionMatch } from "#firmware/rules/version-match";
import { versionMatchFact } from "#firmware/rules/version-match";
import type { CreateVersionMatchInput } from "#firmware/rules/version-match-schema";

/**
 * Declares that a package version and a version that phones report are the same. From the next check, phones that report
 * it count as up to date, and their suspended updates are no longer suspended.
 */
export async function createVersionMatch(
  context: UseCaseContext,
  { ruleId, packageVersion, reportedVersion, scope }: CreateVersionMatchInput,
): Promise<VersionMatch> {
  requirePermission(context.actor, "rule:review");
  return inTransaction(async (tx) => {
    const rule = await findRule(tx, ruleId);
    if (rule === null) {
      throw new AppError("not_found", "There is no such rule.");
    }
    const version = packageVersion ?? heldVersion(rule);
    if (isSameVersion(version, reportedVersion)) {
      throw new AppError(
        "invalid_state",
        "These two versions already count as the same without a declaration.",
      );
    }
    const match = await insertVersionMatch(tx, {
      poolId: scope === "pool" ? rule.poolId : null,
      hardware: rule.hardware,
      updateType: rule.updateType,
      packageVersion: version,
      reportedVersion,
      createdAt: context.now,
      createdBy: context.actor.name,
    });
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [versionMatchFact("version_match.created", match)]);
    return match;
  });
}

function heldVersion({ approved, pending }: Rule): string {
  const held = approved ?? pending;
  if (held === null) {
    throw new AppError(
      "invalid_state",
      "The rule holds no version. Name the version of the package.",
    );
  }
  return held.version;
}
