import "server-only";
import { NETWORK, STEP, judgeNewcomers } from "#fleet/devices/server/newcomer-sql";
import type { HourlyLimits } from "#fleet/devices/server/newcomer-sql";
import { env } from "#foundation/platform/env";

/**
 * Decides which new phones of a batch of checks may be added to the inventory, and counts both kinds. Phones that are
 * left out stay in the check log, but lose the `deviceKey` by which they would be added. A known phone costs one index
 * lookup, also when the whole fleet checks at once.
 */
export function boundArrivals(): string {
  return `
  WITH stranger AS MATERIALIZED (
    SELECT DISTINCT ON ("deviceKey") "deviceKey", "side", ${NETWORK} AS "network", "place"
    FROM "StagedCheck" staged
    WHERE "deviceKey" IS NOT NULL
      AND NOT EXISTS (SELECT FROM "Device" known WHERE known."deviceKey" = staged."deviceKey")
    ORDER BY "deviceKey", "place"
  ), ${judgeNewcomers({ from: "stranger", key: "deviceKey", added: "phone_added", limits: limits() })},
  counted AS (
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

function limits(): HourlyLimits {
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
