import "server-only";
import type { AuditFact } from "#foundation/audit/model";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import type { SetNetworksReport, SiteName } from "#fleet/sites/model";
import { MAX_SITE_NETWORKS, siteKey } from "#fleet/sites/model";
import type { SetNetworksInput } from "#fleet/sites/schema";
import {
  findNetworks,
  findSiteNames,
  insertSite,
  lockNetworks,
  putNetworks,
} from "#fleet/sites/server/store";

type Placed = {
  readonly network: string;
  readonly site: SiteName;
  /** Undefined: it is new. */
  readonly siteIdBefore: string | undefined;
};

/**
 * Adds networks to sites, or moves them there from other sites. Sites that do not exist are created. The phones follow
 * within seconds, by a job.
 */
export async function setNetworks(
  context: UseCaseContext,
  { networks }: SetNetworksInput,
): Promise<SetNetworksReport> {
  requirePermission(context.actor, "pool:write");
  return inTransaction(async (tx) => {
    await lockNetworks(tx);
    const { sites, created } = await requireSites(tx, networks);
    const present = await findNetworks(tx);
    const siteIdsBefore = new Map(present.map(({ network, siteId }) => [network, siteId] as const));
    const placed = networks.flatMap(({ network, siteName }) => {
      const site = sites.get(siteKey(siteName));
      return site === undefined
        ? []
        : [{ network, site, siteIdBefore: siteIdsBefore.get(network) }];
    });
    const changed = placed.filter(({ site, siteIdBefore }) => site.id !== siteIdBefore);
    const added = changed.filter(({ siteIdBefore }) => siteIdBefore === undefined);
    requireRoom(present.length + added.length);
    await putNetworks(
      tx,
      changed.map(({ network, site }) => ({ network, siteId: site.id })),
      { at: context.now, by: context.actor.name },
    );
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [...created.map(toCreated), ...toChanges(changed)]);
    return {
      added: added.length,
      moved: changed.length - added.length,
      unchanged: placed.length - changed.length,
    };
  });
}

async function requireSites(tx: Db, networks: SetNetworksInput["networks"]) {
  const sites = new Map(
    (await findSiteNames(tx)).map((site) => [siteKey(site.name), site] as const),
  );
  const created: SiteName[] = [];
  for (const { siteName } of networks) {
    if (!sites.has(siteKey(siteName))) {
      const site = await insertSite(tx, siteName);
      sites.set(siteKey(siteName), site);
      created.push(site);
    }
  }
  return { sites, created };
}

function requireRoom(count: number): void {
  if (count > MAX_SITE_NETWORKS) {
    throw new AppError(
      "invalid_state",
      `${count} networks are too many; at most ${MAX_SITE_NETWORKS} are possible. Use larger networks.`,
    );
  }
}

function toCreated({ id, name }: SiteName): AuditFact {
  return { action: "site.created", subject: { kind: "site", id, name }, facts: {} };
}

/** One entry for each site that gets networks. The site that loses a network has none: the network names it. */
function toChanges(changed: readonly Placed[]): readonly AuditFact[] {
  return [...Map.groupBy(changed, ({ site }) => site.id).values()].flatMap((ofSite) => {
    const [first] = ofSite;
    const networksOf = (isNew: boolean) =>
      ofSite
        .filter(({ siteIdBefore }) => (siteIdBefore === undefined) === isNew)
        .map(({ network }) => network);
    return first === undefined
      ? []
      : [
          {
            action: "site.changed" as const,
            subject: { kind: "site" as const, id: first.site.id, name: first.site.name },
            facts: { addedNetworks: networksOf(true), movedNetworks: networksOf(false) },
          },
        ];
  });
}
