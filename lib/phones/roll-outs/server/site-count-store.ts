import "server-only";
import type { RollOutSiteCounts } from "#fleet/devices/roll-out-state";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";
import { fromStateCountsRecord, toStateCountsRecord } from "#phones/roll-outs/state-counts-record";

type SiteRow = Prisma.RollOutSiteGetPayload<object>;

/** The last numbers of each roll-out by the site of its phones, by name. */
export async function findSiteCounts(
  db: Db,
  rollOutIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RollOutSiteCounts[]>> {
  const rows = await db.rollOutSite.findMany({
    where: { rollOutId: { in: [...rollOutIds] } },
    orderBy: { siteName: "asc" },
  });
  const byRollOut = Map.groupBy(rows, ({ rollOutId }) => rollOutId);
  return new Map([...byRollOut].map(([id, ofOne]) => [id, ofOne.map(toCounts)]));
}

/** Replaces the numbers of a roll-out by site. */
export async function replaceSiteCounts(
  tx: Db,
  rollOutId: string,
  sites: readonly RollOutSiteCounts[],
): Promise<void> {
  await tx.rollOutSite.deleteMany({ where: { rollOutId } });
  await tx.rollOutSite.createMany({ data: sites.map((site) => toRow(rollOutId, site)) });
}

function toRow(rollOutId: string, { siteName, ...counts }: RollOutSiteCounts): SiteRow {
  return { rollOutId, siteName: siteName ?? "", ...toStateCountsRecord(counts) };
}

function toCounts(row: SiteRow): RollOutSiteCounts {
  return { siteName: row.siteName === "" ? null : row.siteName, ...fromStateCountsRecord(row) };
}
