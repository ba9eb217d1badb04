import "server-only";
import type { ArrivalKind } from "#fleet/devices/arrivals";
import type { Side } from "#fleet/devices/model";

/** The network that counts as one sender: the same rule as `toNetwork`. */
export const NETWORK = `CASE WHEN "address" LIKE '%:%'
  THEN coalesce(nullif(substring(lower("address") from '^(?:[^:]+:){0,4}'), ''), ':') || ':/64'
  ELSE "address" END`;

/** Counts are kept per ten minutes, so that "within the last hour" is accurate at any time. */
export const STEP = `date_bin('10 minutes', now(), '2000-01-01')`;

export type HourlyLimits = Readonly<
  Record<Side, { readonly total: number; readonly perAddress: number }>
>;

/** Something new that phones cause, of which each network may add only so many per hour. */
export type Newcomers = {
  /** A common table expression with the key, `side`, `network` and `place`. */
  readonly from: string;
  /** The column that identifies a newcomer; not null. */
  readonly key: string;
  /** The counter of those that were added. */
  readonly added: ArrivalKind;
  readonly limits: HourlyLimits;
};

/**
 * Common table expressions that decide which newcomers of a batch are within the hourly limits. The last one, `judged`,
 * has the key, `side`, `network` and `isLeftOut`.
 */
export function judgeNewcomers({ from, key, added, limits }: Newcomers): string {
  const { internal, external } = limits;
  return `recent AS MATERIALIZED (
    -- Networks without a newcomer count for their side only: a fleet that is new has as many networks as phones.
    SELECT "side", CASE WHEN "hasNewcomer" THEN "network" END AS "network", sum("count") AS "count"
    FROM (
      SELECT *, ("network" IN (SELECT "network" FROM ${from})) IS TRUE AS "hasNewcomer" FROM "ArrivalCount"
      WHERE EXISTS (SELECT FROM ${from}) AND "kind" = '${added}' AND "since" > now() - interval '1 hour'
    ) counted
    GROUP BY 1, 2
  ), combined AS (
    -- Earlier counts come first in each sum. Sums instead of joins: PostgreSQL has no statistics of these tables and
    -- would compare every newcomer with every network.
    SELECT NULL AS "${key}", "side", "network", -1 AS "place", "count" FROM recent
    UNION ALL SELECT "${key}", "side", "network", "place", 1 FROM ${from}
  ), by_network AS (
    SELECT *, sum("count") OVER (PARTITION BY "side", "network" ORDER BY "place")
      > CASE "side" WHEN 'external' THEN ${external.perAddress} ELSE ${internal.perAddress} END AS "isOverNetwork"
    FROM combined
  ), by_side AS (
    SELECT *, sum("count") FILTER (WHERE "${key}" IS NULL OR NOT "isOverNetwork")
      OVER (PARTITION BY "side" ORDER BY "place")
      > CASE "side" WHEN 'external' THEN ${external.total} ELSE ${internal.total} END AS "isOverSide"
    FROM by_network
  ), judged AS MATERIALIZED (
    SELECT "${key}", "side", "isOverNetwork" OR coalesce("isOverSide", false) AS "isLeftOut",
      -- Beyond the limit of a side, networks are not counted separately: their number is unlimited.
      CASE WHEN "isOverSide" AND NOT "isOverNetwork" THEN '' ELSE "network" END AS "network"
    FROM by_side WHERE "${key}" IS NOT NULL
  )`;
}
