import "server-only";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { RULES_CHANNEL } from "#lib/platform/db/channels";
import { inTransaction } from "#lib/platform/db/client";
import { notify } from "#lib/platform/db/listen";
import { deleteVersionMatch, findVersionMatch } from "#lib/rules/server/version-match-store";
import { versionMatchFact } from "#lib/rules/version-match";
import type { RevokeVersionMatchInput } from "#lib/rules/version-match-schema";

/** Takes back that two versions are the same: phones that report one of them are offered the other again. */
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
