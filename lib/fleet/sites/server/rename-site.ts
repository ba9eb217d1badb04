import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";
import type { RenameSiteInput } from "#fleet/sites/schema";
import { findSiteById, updateSiteName } from "#fleet/sites/server/store";

/** Renames a site. Throws `conflict` if the name is taken. */
export async function renameSite(
  context: UseCaseContext,
  { siteId, name }: RenameSiteInput,
): Promise<void> {
  requirePermission(context.actor, "pool:write");
  await inTransaction(async (tx) => {
    const before = await findSiteById(tx, siteId);
    if (before === null) {
      throw new AppError("not_found", "This site no longer exists.");
    }
    if (before.name === name) {
      return;
    }
    await updateSiteName(tx, siteId, name);
    await recordAudit(tx, context, [
      {
        action: "site.changed",
        subject: { kind: "site", id: siteId, name },
        facts: { nameBefore: before.name },
      },
    ]);
  });
}
