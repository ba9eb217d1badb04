import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { deleteVersionMatch, findVersionMatch } from "#firmware/rules/server/version-match-store";
import { versionMatchFact } from "#firmware/rules/version-match";
import type { RevokeVersionMatchInput } from "#firmware/rules/version-match-schema";

/** Revokes a version match: phones that report one of the two versions are offered the other one again. */
export async function revokeVersionMatch(
  context: UseCaseContext,
  { versionMatchId }: RevokeVersionMatchInput,
): Promise<void> {
  requirePermission(context.actor, "rule:review");
  await inTransaction(async (tx) => {
    const match = await findVersionMatch(tx, versionMatchId);
    if (match === null) {
      throw new AppError("not_found", "These versions are not declared to be the same.");
    }
    await deleteVersionMatch(tx, versionMatchId);
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [versionMatchFact("version_match.revoked", match)]);
  });
}
