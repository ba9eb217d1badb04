import "server-only";

/** Parts of the statement that writes checks: they record the earlier serial numbers of a phone. */

/** The number of changes that `fold_serial_changes` keeps. */
const MAX_CHANGES = 8;

/**
 * The checks that changed the serial number, of phones with more than one check in the batch, in order. Such phones are
 * rare, so the innermost query finds them first.
 */
export const CHANGED_SERIALS = `
  SELECT jsonb_object_agg("deviceKey", "said") AS "checks" FROM (
    SELECT "deviceKey", jsonb_agg(jsonb_build_object(
      'at', "at", 'serialNumber', "serialNumber", 'serialBefore', "serialBefore",
      'requested', kind."requested", 'offeredBefore', before."offered"
    ) ORDER BY "place") AS "said"
    FROM (
      SELECT *, row_number() OVER (PARTITION BY "deviceKey" ORDER BY "place" DESC) AS "fromNewest" FROM (
        SELECT *, lag("serialNumber") OVER (PARTITION BY "deviceKey" ORDER BY "place") AS "serialBefore" FROM (
          SELECT "deviceKey", "at", "serialNumber", "kindNumber", "place",
            lag("kindNumber") OVER (PARTITION BY "deviceKey" ORDER BY "place") AS "kindBefore"
          FROM "StagedCheck"
          WHERE "deviceKey" IN (
            SELECT "deviceKey" FROM several WHERE "least" <> "most"
              OR "least" <> (SELECT "serialNumber" FROM "Device" known WHERE known."deviceKey" = several."deviceKey")
          )
        ) compared
        WHERE "serialNumber" IS NOT NULL
      ) reported
      WHERE lower("serialBefore") IS DISTINCT FROM lower("serialNumber")
    ) changing
    JOIN "StagedKind" kind ON kind."kindNumber" = changing."kindNumber"
    LEFT JOIN "StagedKind" before ON before."kindNumber" = changing."kindBefore"
    WHERE "fromNewest" <= ${MAX_CHANGES}
    GROUP BY "deviceKey"
  ) telling`;

const AFTER_ONE_CHECK = `
  WHEN excluded."serialNumber" = known."serialNumber" OR excluded."serialNumber" IS NULL
    OR known."serialNumber" IS NULL THEN known."serialChanges"
  ELSE fold_serial_changes(
    known."serialChanges", known."serialNumber", known."offered", jsonb_build_array(jsonb_build_object(
      'at', excluded."lastSeenAt", 'serialNumber', excluded."serialNumber",
      'requested', excluded."installed", 'offered', excluded."offered"
    ))
  )`;

/** The changes of a known phone with one check in the batch. */
export const SERIAL_CHANGES_AFTER_ONE_CHECK = `CASE ${AFTER_ONE_CHECK} END`;

/** The changes of a known phone. */
export const NEXT_SERIAL_CHANGES = `CASE
  WHEN (SELECT "checks" FROM changed) ? known."deviceKey"
    THEN fold_serial_changes(
      known."serialChanges", known."serialNumber", known."offered",
      (SELECT "checks" FROM changed) -> known."deviceKey"
    )
  ${AFTER_ONE_CHECK}
END`;

/** The changes of a new phone: only several checks in one batch can show a change. */
export const FIRST_SERIAL_CHANGES = `CASE
  WHEN (SELECT "checks" FROM changed) ? "deviceKey"
    THEN fold_serial_changes('[]', NULL, '[]', (SELECT "checks" FROM changed) -> "deviceKey")
  ELSE '[]'
END`;
