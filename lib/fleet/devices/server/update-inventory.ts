import "server-only";
import { boundArrivals } from "#fleet/devices/server/arrival-sql";
import { FIRST_PROGRESS, NEXT_PROGRESS, SEVERAL_CHECKS } from "#fleet/devices/server/progress-sql";
import {
  CHANGED_SERIALS,
  FIRST_SERIAL_CHANGES,
  NEXT_SERIAL_CHANGES,
} from "#fleet/devices/server/serial-sql";
import {
  NEWEST_SPOKEN,
  NEXT_SPOKEN,
  SPOKEN,
  SPOKEN_COLUMNS,
} from "#fleet/devices/server/spoken-sql";
import { settleStagedKeys } from "#fleet/devices/server/takeover-sql";
import type { BulkTransaction } from "#foundation/platform/db/bulk";

/** Columns that have the same name in both tables and that a newer check replaces. */
const COPIED =
  `poolId side outcome address deviceType brand model revision locale hardwareKey trigger offered
  judgements version versionType`.split(/\s+/);
const COPIED_COLUMNS = COPIED.map((column) => `"${column}"`).join(", ");
const REFRESHED_COLUMNS = [...COPIED, "installed", "lastSeenAt"]
  .map((column) => `"${column}" = excluded."${column}"`)
  .join(", ");

/**
 * What the module that stands for the phone now reported before: another module may have stood for it then, as long as
 * there was no rule. Looked up in the list only where the shown version is another one.
 */
const VERSION_BEFORE = `(installed_versions(known."installed") ->> excluded."versionType")`;
const VERSION_CHANGED = `excluded."version" <> known."version" AND excluded."version" <> ${VERSION_BEFORE}`;

/** Adds or updates the row of each phone that staged checks have the key of. */
const UPDATE_DEVICES = `
  WITH latest AS (
    SELECT DISTINCT ON ("deviceKey") * FROM "StagedCheck"
    WHERE "deviceKey" IS NOT NULL
    ORDER BY "deviceKey", "place" DESC
  ), several AS MATERIALIZED (${SEVERAL_CHECKS}
  ), spoken AS MATERIALIZED (${SPOKEN}
  ), changed AS MATERIALIZED (${CHANGED_SERIALS}
  )
  INSERT INTO "Device" AS known (
    "id", "deviceKey", "macAddress", "installed", "firstSeenAt", "lastSeenAt", "progress", "serialChanges",
    ${SPOKEN_COLUMNS}, ${COPIED_COLUMNS}
  )
  SELECT
    gen_random_uuid(), "deviceKey", "macAddress", "requested", "at", "at", ${FIRST_PROGRESS}, ${FIRST_SERIAL_CHANGES},
    ${NEWEST_SPOKEN}, ${COPIED_COLUMNS}
  FROM latest
  -- Always in one order: two processes that write the same phones would otherwise wait for each other.
  ORDER BY "deviceKey"
  ON CONFLICT ("deviceKey") DO UPDATE SET
    ${REFRESHED_COLUMNS},
    "progress" = ${NEXT_PROGRESS},
    ${NEXT_SPOKEN},
    "serialChanges" = ${NEXT_SERIAL_CHANGES},
    "updatedAt" = CASE WHEN ${VERSION_CHANGED}
      THEN excluded."lastSeenAt" ELSE known."updatedAt" END,
    "previousVersion" = CASE WHEN ${VERSION_CHANGED}
      THEN ${VERSION_BEFORE} ELSE known."previousVersion" END
  -- What was kept back during an outage may be older than what another process wrote since.
  WHERE excluded."lastSeenAt" >= known."lastSeenAt"`;

/**
 * Updates the inventory with the checks in the table `StagedCheck` (see `StagedColumn`), and gives them the keys of the
 * rows that they belong to. A batch of any size costs the same few round trips. There is no caller to authorise: phones
 * are admitted or refused before a check is recorded. Returns whether rows changed their key: then the temporary table
 * `Takeover` has the key before (`serialKey`) and the key since (`deviceKey`) of each.
 */
export async function updateInventory(tx: BulkTransaction): Promise<boolean> {
  return settleStagedKeys(tx, () => tx.run([boundArrivals(), UPDATE_DEVICES].join(";")));
}
