import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import type { RemoveNetworksInput } from "#fleet/sites/schema";
import {
  deleteNetworks,
  findNetworks,
  findSiteNames,
  lockNetworks,
} from "#fleet/sites/server/store";

/** Removes networks from their sites; returns their number. Throws `not_found` if one of them belongs to no site. */
export async function removeNetworks(
  context: UseCaseContext,
  input: RemoveNetworksInput,
): Promise<number> {
  requirePermission(context.actor, "pool:write");
  return inTransaction(async (tx) => {
    await lockNetworks(tx);
    const names = new Map((await findSiteNames(tx)).map(({ id, name }) => [id, name] as const));
    const present = new Map((await findNetworks(tx)).map((one) => [one.network, one] as const));
    const found = [...new Set(input.networks)].map((network) => {
      const known = present.get(network);
      if (known === undefined) {
        throw new AppError("not_found", `No site has the network ${network}.`);
      }
      return known;
    });
    await deleteNetworks(
      tx,
      found.map(({ id }) => id),
    );
    await notify(tx, RULES_CHANNEL);
    const bySite = [...Map.groupBy(found, ({ siteId }) => siteId)];
    await recordAudit(
      tx,
      context,
      bySite.map(([id, networks]) => ({
        action: "site.changed",
        subject: { kind: "site", id, name: names.get(id) ?? id },
        facts: { removedNetworks: networks.map(({ network }) => network) },
      })),
    );
    return found.length;
  });
}
