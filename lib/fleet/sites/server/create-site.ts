import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";
import type { CreateSiteInput } from "#fleet/sites/schema";
import type { SiteName } from "#fleet/sites/model";
import { insertSite } from "#fleet/sites/server/store";

/** Adds a site. Throws `conflict` if its name is taken. */
export async function createSite(
  context: UseCaseContext,
  { name }: CreateSiteInput,
): Promise<SiteName> {
  requirePermission(context.actor, "pool:write");
  return inTransaction(async (tx) => {
    const site = await insertSite(tx, name);
    await recordAudit(tx, context, [
      { action: "site.created", subject: { kind: "site", id: site.id, name }, facts: {} },
    ]);
    return site;
  });
}
