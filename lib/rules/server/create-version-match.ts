import "server-only";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import { isSameVersion } from "#lib/core/same-version";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { RULES_CHANNEL } from "#lib/platform/db/channels";
import { inTransaction } from "#lib/platform/db/client";
import { notify } from "#lib/platform/db/listen";
import type { Rule } from "#lib/rules/model";
import { findRule } from "#lib/rules/server/store";
import { insertVersionMatch } from "#lib/rules/server/version-match-store";
import type { VersionMatch } from "#lib/rules/version-match";
import { versionMatchFact } from "#lib/rules/version-match";
import type { CreateVersionMatchInput } from "#lib/rules/version-match-schema";

/**
 * Declares that a version of a package and one that phones report are the same. From their next check on, phones that
 * report it count as up to date, and what was suspended for them no longer is.
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
        "These two versions are the same without being declared.",
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
