import "server-only";
import type { RollOutScope } from "#fleet/devices/roll-out-state";
import {
  countFellBack,
  countInstalled,
  findNetworkNeighbours,
  findPlaceNeighbours,
  findQuietPhones,
} from "#fleet/devices/server/brake-facts-store";
import { currentLimits } from "#fleet/devices/server/current-limits";
import type { Db } from "#foundation/platform/db/client";

type Neighbours = { readonly phones: number; readonly lastSeenAt: Date | null };

type QuietPhone = {
  readonly id: string;
  readonly lastSignAt: Date;
  readonly longestPauseMs: number | null;
  readonly network: string;
  readonly siteId: string | null;
};

export type FailedFacts = {
  readonly fellBack: number;
  /** The quietest first. */
  readonly quiet: readonly QuietPhone[];
};

export type NeighbourFacts = {
  readonly networks: ReadonlyMap<string, Neighbours>;
  readonly sites: ReadonlyMap<string, Neighbours>;
  readonly pool: Neighbours;
};

const NONE: Neighbours = { phones: 0, lastSeenAt: null };

export const NO_NEIGHBOURS: NeighbourFacts = { networks: new Map(), sites: new Map(), pool: NONE };

type BrakeTimes = {
  readonly now: Date;
  readonly since: Date;
  readonly quietBefore: Date;
};

/**
 * The phones that downloaded a version since a time and do not run it. For the worker: there is no caller to authorise.
 */
export async function findFailedUnchecked(
  tx: Db,
  scope: RollOutScope,
  times: BrakeTimes,
): Promise<FailedFacts> {
  const question = { ...times, limits: currentLimits(times.now) };
  return {
    fellBack: await countFellBack(tx, scope, question),
    quiet: await findQuietPhones(tx, scope, question),
  };
}

/** The number of phones that downloaded a version since a time. Reads all of them. For the worker, as above. */
export async function countInstalledUnchecked(
  tx: Db,
  scope: RollOutScope,
  times: Pick<BrakeTimes, "since">,
): Promise<number> {
  return countInstalled(tx, scope, times);
}

/**
 * The neighbours of quiet phones, which are phones of any roll-out or none. Reads the whole fleet. A neighbour was seen at
 * most `windowMs` before the first phone became quiet. For the worker, as above.
 */
export async function findNeighboursUnchecked(
  tx: Db,
  quiet: readonly QuietPhone[],
  { poolId, windowMs }: { readonly poolId: string; readonly windowMs: number },
): Promise<NeighbourFacts> {
  const [quietest] = quiet;
  if (quietest === undefined) {
    return NO_NEIGHBOURS;
  }
  const question = {
    ids: quiet.map(({ id }) => id),
    seenSince: new Date(quietest.lastSignAt.getTime() - windowMs),
  };
  const networks = [...new Set(quiet.map(({ network }) => network))];
  const ofNetworks = await findNetworkNeighbours(tx, networks, question);
  const ofPlaces = await findPlaceNeighbours(tx, question);
  return {
    networks: new Map(ofNetworks.map(({ network, ...rest }) => [network, rest])),
    sites: new Map(
      [...Map.groupBy(ofPlaces, ({ siteId }) => siteId ?? "")].map(([id, of]) => [id, toSum(of)]),
    ),
    pool: toSum(ofPlaces.filter((place) => place.poolId === poolId)),
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
