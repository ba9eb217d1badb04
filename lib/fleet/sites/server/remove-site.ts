import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import type { RemoveSiteInput } from "#fleet/sites/schema";
import { deleteSite, findNetworks, findSiteById, lockNetworks } from "#fleet/sites/server/store";

/**
 * Removes a site with its networks and log settings. Throws `invalid_state` if pools or test devices are at it. Its phones
 * are then at the site of the next larger network, or of their pool.
 */
export async function removeSite(
  context: UseCaseContext,
  { siteId }: RemoveSiteInput,
): Promise<void> {
  requirePermission(context.actor, "pool:write");
  await inTransaction(async (tx) => {
    await lockNetworks(tx);
    const site = await findSiteById(tx, siteId);
    if (site === null) {
      throw new AppError("not_found", "This site no longer exists.");
    }
    const networks = (await findNetworks(tx)).filter((network) => network.siteId === siteId);
    await deleteSite(tx, site);
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [
      {
        action: "site.removed",
        subject: { kind: "site", id: site.id, name: site.name },
        facts: { removedNetworks: networks.map(({ network }) => network) },
      },
    ]);
  });
}
