import "server-only";
import { env } from "#foundation/platform/env";

/** The network that counts as one sender: the same rule as `toNetwork`. */
const NETWORK = `CASE WHEN "address" LIKE '%:%'
  THEN coalesce(nullif(substring(lower("address") from '^(?:[^:]+:){0,4}'), ''), ':') || ':/64'
  ELSE "address" END`;

/** Counts are kept per ten minutes, so that "within the last hour" is accurate at any time. */
export const STEP = `date_bin('10 minutes', now(), '2000-01-01')`;

/**
 * Decides which new phones of a batch of checks may be added to the inventory, and counts both kinds. Phones that are
 * left out stay in the check log, but lose the `deviceKey` by which they would be added. A known phone costs one index
 * lookup, also when the whole fleet checks at once.
 */
export function boundArrivals(): string {
  const { internal, external } = limits();
  return `
  WITH stranger AS MATERIALIZED (
    SELECT DISTINCT ON ("deviceKey") "deviceKey", "side", ${NETWORK} AS "network", "place"
    FROM "StagedCheck" staged
    WHERE "deviceKey" IS NOT NULL
      AND NOT EXISTS (SELECT FROM "Device" known WHERE known."deviceKey" = staged."deviceKey")
    ORDER BY "deviceKey", "place"
  ), recent AS MATERIALIZED (
    SELECT "side", "network", sum("count") AS "count" FROM "ArrivalCount"
    WHERE EXISTS (SELECT FROM stranger) AND "kind" = 'phone_added' AND "since" > now() - interval '1 hour'
    GROUP BY "side", "network"
  ), combined AS (
    -- Earlier counts come first in each sum. Sums instead of joins: PostgreSQL has no statistics of these tables and
    -- would compare every new phone with every network.
    SELECT NULL AS "deviceKey", "side", "network", -1 AS "place", "count" FROM recent
    UNION ALL SELECT "deviceKey", "side", "network", "place", 1 FROM stranger
  ), by_network AS (
    SELECT *, sum("count") OVER (PARTITION BY "side", "network" ORDER BY "place")
      > CASE "side" WHEN 'external' THEN ${external.perAddress} ELSE ${internal.perAddress} END AS "isOverNetwork"
    FROM combined
  ), by_side AS (
    SELECT *, sum("count") FILTER (WHERE "deviceKey" IS NULL OR NOT "isOverNetwork")
      OVER (PARTITION BY "side" ORDER BY "place")
      > CASE "side" WHEN 'external' THEN ${external.total} ELSE ${internal.total} END AS "isOverSide"
    FROM by_network
  ), judged AS MATERIALIZED (
    SELECT "deviceKey", "side", "isOverNetwork" OR coalesce("isOverSide", false) AS "isLeftOut",
      -- Beyond the limit of a side, networks are not counted separately: their number is unlimited.
      CASE WHEN "isOverSide" AND NOT "isOverNetwork" THEN '' ELSE "network" END AS "network"
    FROM by_side WHERE "deviceKey" IS NOT NULL
  ), counted AS (
    INSERT INTO "ArrivalCount" AS known ("since", "kind", "side", "network", "count")
    SELECT ${STEP}, CASE WHEN "isLeftOut" THEN 'phone_left_out' ELSE 'phone_added' END, "side", "network", count(*)
    FROM judged GROUP BY 2, "side", "network"
    ORDER BY 2, "side", "network"
    ON CONFLICT ("since", "kind", "side", "network") DO UPDATE SET "count" = known."count" + excluded."count"
  )
  UPDATE "StagedCheck" SET "deviceKey" = NULL
  -- A condition instead of a join, for the same reason.
  WHERE ("deviceKey" IN (SELECT "deviceKey" FROM judged WHERE "isLeftOut")) IS TRUE`;
}

function limits() {
  const settings = env();
  return {
    internal: {
      total: settings.MAX_NEW_PHONES_PER_HOUR,
      perAddress: settings.MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR,
    },
    external: {
      total: settings.EXTERNAL_MAX_NEW_PHONES_PER_HOUR,
      perAddress: settings.EXTERNAL_MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR,
    },
  };
}
