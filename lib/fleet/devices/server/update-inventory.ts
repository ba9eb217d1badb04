import "server-only";
import { boundArrivals } from "#fleet/devices/server/arrival-sql";
import { STORE_KINDS_OF_CHECKS } from "#fleet/devices/server/kind-sql";
import {
  FIRST_PROGRESS,
  NEXT_PROGRESS,
  PROGRESS_AFTER_ONE_CHECK,
  REPEATED_CHECKS,
} from "#fleet/devices/server/progress-sql";
import {
  CHANGED_SERIALS,
  FIRST_SERIAL_CHANGES,
  NEXT_SERIAL_CHANGES,
  SERIAL_CHANGES_AFTER_ONE_CHECK,
} from "#fleet/devices/server/serial-sql";
import {
  NEWEST_OPTIONAL_VALUES,
  NEXT_OPTIONAL_VALUES,
  OPTIONAL_VALUES,
  OPTIONAL_COLUMNS,
} from "#fleet/devices/server/optional-columns-sql";
import { SEVERAL_CHECKS } from "#fleet/devices/server/several-checks-sql";
import { settleStagedKeys } from "#fleet/devices/server/takeover-sql";
import type { BulkTransaction } from "#foundation/platform/db/bulk";

/** Columns with the same name in both tables that a newer check overwrites. */
const COPIED =
  `poolId side outcome address deviceType brand model revision locale hardwareKey trigger offered
  judgements version versionType`.split(/\s+/);
const COPIED_COLUMNS = COPIED.map((column) => `"${column}"`).join(", ");
const REFRESHED_COLUMNS = [...COPIED, "kindId", "installed", "lastSeenAt"]
  .map((column) => `"${column}" = excluded."${column}"`)
  .join(", ");

/**
 * The previous version of the module that is shown now: another module may have been shown before, while there was no
 * rule. It is looked up only if the shown version differs.
 */
const VERSION_BEFORE = `(installed_versions(known."installed") ->> excluded."versionType")`;
const VERSION_CHANGED = `excluded."version" <> known."version" AND excluded."version" <> ${VERSION_BEFORE}`;

/** The clocks of hosts agree to some seconds. */
const MAX_AHEAD = "5 minutes";

/** How a known phone changes; `excluded` is its newest check. */
function changesOf(progress: string, serialChanges: string): string {
  return `
    ${REFRESHED_COLUMNS},
    "progress" = ${progress},
    ${NEXT_OPTIONAL_VALUES},
    "serialChanges" = ${serialChanges},
    "updatedAt" = CASE WHEN ${VERSION_CHANGED}
      THEN excluded."lastSeenAt" ELSE known."updatedAt" END,
    "previousVersion" = CASE WHEN ${VERSION_CHANGED}
      THEN ${VERSION_BEFORE} ELSE known."previousVersion" END`;
}

/**
 * A check that was buffered during an outage may be older than the row that another process wrote since. A row of the
 * future was written before a clock was set back.
 */
const IS_NEWER = `(
  excluded."lastSeenAt" >= known."lastSeenAt" OR known."lastSeenAt" > now() + interval '${MAX_AHEAD}'
)`;

/** Adds or updates the row of each phone with a key in the staged checks that satisfy a condition. */
const updateDevices = (condition: string): string => `
  WITH latest AS (
    SELECT DISTINCT ON ("deviceKey") * FROM "StagedCheck" staged
    WHERE "deviceKey" IS NOT NULL AND ${condition}
    ORDER BY "deviceKey", "place" DESC
  ), several AS MATERIALIZED (${SEVERAL_CHECKS}
  ), repeated AS MATERIALIZED (${REPEATED_CHECKS}
  ), optional_values AS MATERIALIZED (${OPTIONAL_VALUES}
  ), changed AS MATERIALIZED (${CHANGED_SERIALS}
  )
  INSERT INTO "Device" AS known (
    "id", "kindId", "deviceKey", "macAddress", "installed", "firstSeenAt", "lastSeenAt", "progress", "serialChanges",
    ${OPTIONAL_COLUMNS}, ${COPIED_COLUMNS}
  )
  SELECT
    gen_random_uuid(), "kindId", "deviceKey", "macAddress", "requested", "at", "at",
    ${FIRST_PROGRESS}, ${FIRST_SERIAL_CHANGES},
    ${NEWEST_OPTIONAL_VALUES}, ${COPIED_COLUMNS}
  FROM latest JOIN "StagedKind" USING ("kindNumber")
  -- A fixed lock order prevents deadlocks between processes that write the same phones.
  ORDER BY "deviceKey"
  ON CONFLICT ("deviceKey") DO UPDATE SET ${changesOf(NEXT_PROGRESS, NEXT_SERIAL_CHANGES)}
  WHERE ${IS_NEWER}`;

/**
 * Finds a row unless the batch is ordinary: each phone once, all of them known, and none with a change of its
 * identifiers. A subquery in the condition instead of a join, as in `settleStagedKeys`.
 */
const FIND_UNUSUAL = `
  SELECT FROM "StagedCheck" staged
  WHERE "deviceKey" IS NOT NULL AND ("macAddress" IS NULL OR (
    SELECT staged."serialKey" IS NULL OR staged."serialKey" = known."serialKey"
    FROM "Device" known WHERE known."deviceKey" = staged."deviceKey"
  ) IS NOT TRUE)
  UNION ALL
  SELECT FROM "StagedCheck" WHERE "deviceKey" IS NOT NULL GROUP BY "deviceKey" HAVING count(*) > 1
  LIMIT 1`;

/**
 * The same for an ordinary batch: planned and executed in half of the time, because nothing is added and the order of
 * checks does not matter. The phones are looked up one by one, and locked in the same order.
 */
const UPDATE_KNOWN_DEVICES = `
  SET LOCAL enable_hashjoin = off;
  SET LOCAL enable_mergejoin = off;
  UPDATE "Device" known
  SET ${changesOf(PROGRESS_AFTER_ONE_CHECK, SERIAL_CHANGES_AFTER_ONE_CHECK)}
  FROM (
    SELECT "deviceKey", "kindId", "requested" AS "installed", "at" AS "lastSeenAt", ${OPTIONAL_COLUMNS}, ${COPIED_COLUMNS}
    FROM "StagedCheck" JOIN "StagedKind" USING ("kindNumber")
    WHERE "deviceKey" IS NOT NULL ORDER BY "deviceKey"
  ) excluded
  WHERE known."deviceKey" = excluded."deviceKey" AND ${IS_NEWER};
  SET LOCAL enable_hashjoin = on;
  SET LOCAL enable_mergejoin = on`;

/** A phone that was known, and whose row another process removed while this one waited for it: by a merge or by age. */
const IS_MISSING = `NOT EXISTS (
  SELECT FROM "Device" known WHERE known."deviceKey" = staged."deviceKey"
)`;
const FIND_MISSING = `
  SELECT FROM "StagedCheck" staged WHERE "deviceKey" IS NOT NULL AND ${IS_MISSING} LIMIT 1`;

/**
 * Updates the inventory with the staged checks (see `StagedColumn`), and gives each check the key of its row, and each
 * kind its id. The number of round trips does not depend on the size of the batch. There is no caller to authorise:
 * phones are admitted or refused before a check is recorded. Returns whether rows changed their key: then the temporary
 * table `Takeover` contains the old key (`serialKey`) and the new key (`deviceKey`) of each.
 */
export async function updateInventory(tx: BulkTransaction): Promise<boolean> {
  // First, so that a process that waits for the kind of another one has locked no phone yet.
  await tx.run(STORE_KINDS_OF_CHECKS);
  if ((await tx.run(FIND_UNUSUAL)) === 0) {
    await tx.run(UPDATE_KNOWN_DEVICES);
    if ((await tx.run(FIND_MISSING)) > 0) {
      await tx.run([boundArrivals(), updateDevices(IS_MISSING)].join(";"));
    }
    return false;
  }
  return settleStagedKeys(tx, () => tx.run([boundArrivals(), updateDevices("true")].join(";")));
}
