import "server-only";
import type { RollOutScope } from "#fleet/devices/roll-out-state";
import {
  countInstalled,
  findNetworkNeighbours,
  findPlaceNeighbours,
  findQuietPhones,
} from "#fleet/devices/server/brake-facts-store";
import { currentLimits } from "#fleet/devices/server/current-limits";
import type { Db } from "#foundation/platform/db/client";

type Neighbours = { readonly phones: number; readonly lastSeenAt: Date | null };

export type InstalledFacts = {
  readonly installed: number;
  readonly fellBack: number;
  readonly quiet: readonly {
    readonly lastSignAt: Date;
    readonly longestPauseMs: number | null;
    readonly network: string;
    readonly siteId: string | null;
  }[];
  readonly networks: ReadonlyMap<string, Neighbours>;
  readonly sites: ReadonlyMap<string, Neighbours>;
  readonly pool: Neighbours;
};

const NONE: Neighbours = { phones: 0, lastSeenAt: null };

type BrakeTimes = {
  readonly now: Date;
  readonly since: Date;
  readonly quietBefore: Date;
  /** A neighbour was seen at most so long before the first phone became quiet. */
  readonly neighbourWindowMs: number;
};

/**
 * What is known of the phones that downloaded a version since a time, and of the neighbours of those that are quiet. For
 * the worker: there is no caller to authorise.
 */
export async function findBrakeFactsUnchecked(
  tx: Db,
  scope: RollOutScope,
  { neighbourWindowMs, ...times }: BrakeTimes,
): Promise<InstalledFacts> {
  const limits = currentLimits(times.now);
  const counts = await countInstalled(tx, scope, { ...times, limits });
  const quiet =
    counts.installed === 0 ? [] : await findQuietPhones(tx, scope, { ...times, limits });
  const [quietest] = quiet;
  if (quietest === undefined) {
    return { ...counts, quiet, networks: new Map(), sites: new Map(), pool: NONE };
  }
  const question = {
    ids: quiet.map(({ id }) => id),
    seenSince: new Date(quietest.lastSignAt.getTime() - neighbourWindowMs),
  };
  const networks = [...new Set(quiet.map(({ network }) => network))];
  const ofNetworks = await findNetworkNeighbours(tx, networks, question);
  const ofPlaces = await findPlaceNeighbours(tx, question);
  return {
    ...counts,
    quiet,
    networks: new Map(ofNetworks.map(({ network, ...rest }) => [network, rest])),
    sites: new Map(
      [...Map.groupBy(ofPlaces, ({ siteId }) => siteId ?? "")].map(([id, of]) => [id, toSum(of)]),
    ),
    pool: toSum(ofPlaces.filter(({ poolId }) => poolId === scope.poolId)),
  };
}

function toSum(parts: readonly Neighbours[]): Neighbours {
  return parts.reduce(
    (sum, { phones, lastSeenAt }) => ({
      phones: sum.phones + phones,
      lastSeenAt: later(sum.lastSeenAt, lastSeenAt),
    }),
    NONE,
  );
}

function later(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other > one) ? other : one;
}
