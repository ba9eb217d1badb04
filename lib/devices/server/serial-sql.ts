import "server-only";

/**
 * Parts of the statement that writes checks: which serial numbers a phone reported before. Nearly every check repeats
 * the serial number that is stored, so that case is decided first and changes nothing.
 */
export const NEXT_SERIAL_CHANGES = `CASE
  WHEN (SELECT "checks" FROM several) ? known."deviceKey"
    THEN fold_serial_changes(
      known."serialChanges", known."serialNumber", known."offered",
      (SELECT "checks" FROM several) -> known."deviceKey"
    )
  WHEN excluded."serialNumber" = known."serialNumber" OR excluded."serialNumber" IS NULL
    OR known."serialNumber" IS NULL THEN known."serialChanges"
  ELSE fold_serial_changes(
    known."serialChanges", known."serialNumber", known."offered", jsonb_build_array(jsonb_build_object(
      'at', excluded."lastSeenAt", 'serialNumber', excluded."serialNumber",
      'requested', excluded."installed", 'offered', excluded."offered"
    ))
  )
END`;

/** Of a phone without a row: only several checks in one batch can tell of a change. */
export const FIRST_SERIAL_CHANGES = `CASE
  WHEN (SELECT "checks" FROM several) ? "deviceKey"
    THEN fold_serial_changes('[]', NULL, '[]', (SELECT "checks" FROM several) -> "deviceKey")
  ELSE '[]'
END`;
