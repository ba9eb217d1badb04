import "server-only";
import type { BulkTransaction } from "#foundation/platform/db/bulk";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";

/**
 * A phone that was known by its serial number only keeps its row when it also sends a MAC address: the row gets the new
 * key, or is merged if the MAC address already has a row. Later checks without a MAC address count for that row.
 */

/**
 * Checks without a MAC address, and checks with both identifiers whose row does not have this serial number yet. A
 * subquery in the condition instead of a join: the planner has no statistics of the temporary table and would read all
 * devices.
 */
const FIND_UNSETTLED = `
  SELECT FROM "StagedCheck" staged
  WHERE "serialKey" IS NOT NULL AND CASE
    WHEN "macAddress" IS NULL THEN true
    ELSE (SELECT known."serialKey" FROM "Device" known WHERE known."deviceKey" = staged."deviceKey")
      IS DISTINCT FROM staged."serialKey"
  END
  LIMIT 1`;

/**
 * Two processes may write the two kinds of checks of one phone at once; the second one must see the first one's rows.
 */
const LOCK_TAKEOVERS = `SELECT pg_advisory_xact_lock(hashtext('device takeover'))`;

/** If several MAC addresses reported one serial number, a check without a MAC address cannot be assigned. */
const ASSIGN_TO_MAC_ADDRESS = `
  WITH told AS MATERIALIZED (
    SELECT DISTINCT "serialKey" FROM "StagedCheck"
    WHERE "macAddress" IS NULL AND "serialKey" IS NOT NULL
  ), owners AS (
    SELECT told."serialKey", known."deviceKey" FROM told CROSS JOIN LATERAL (
      SELECT "deviceKey" FROM "Device" device
      WHERE device."serialKey" = told."serialKey" AND device."macAddress" IS NOT NULL LIMIT 2
    ) known
    UNION
    SELECT told."serialKey", staged."deviceKey" FROM told
    JOIN "StagedCheck" staged
      ON staged."serialKey" = told."serialKey" AND staged."macAddress" IS NOT NULL
  ), owner AS (
    SELECT "serialKey", min("deviceKey") AS "deviceKey" FROM owners
    GROUP BY "serialKey" HAVING count(*) = 1
  )
  UPDATE "StagedCheck" staged SET "deviceKey" = owner."deviceKey" FROM owner
  WHERE staged."serialKey" = owner."serialKey" AND staged."macAddress" IS NULL`;

const TAKEOVER_TABLE = `CREATE TEMP TABLE IF NOT EXISTS "Takeover"
  ("serialKey" text, "deviceKey" text, "place" bigint) ON COMMIT DELETE ROWS`;

const COLLECT_TAKEOVERS = `
  INSERT INTO "Takeover" ("serialKey", "deviceKey", "place")
  SELECT DISTINCT ON (staged."serialKey") staged."serialKey", staged."deviceKey", staged."place"
  FROM "StagedCheck" staged
  WHERE staged."deviceKey" <> staged."serialKey"
    AND (SELECT known."id" FROM "Device" known WHERE known."deviceKey" = staged."serialKey") IS NOT NULL
  ORDER BY staged."serialKey", staged."place"`;

/** The same lock order as for checks and downloads prevents deadlocks. */
const LOCK_DEVICES = `
  SELECT FROM "Device" WHERE "deviceKey" IN (
    SELECT "deviceKey" FROM "StagedCheck" UNION SELECT "serialKey" FROM "Takeover"
  )
  ORDER BY "deviceKey" FOR UPDATE`;

const RENAME = `
  UPDATE "Device" device
  SET "deviceKey" = takeover."deviceKey", "macAddress" = upper(substr(takeover."deviceKey", length('mac:') + 1))
  FROM (
    SELECT DISTINCT ON ("deviceKey") * FROM "Takeover" ORDER BY "deviceKey", "place"
  ) takeover
  WHERE device."deviceKey" = takeover."serialKey"
    AND NOT EXISTS (SELECT FROM "Device" known WHERE known."deviceKey" = takeover."deviceKey")`;

/** The history of a row that is merged goes to the row that stays. */
const MOVE_EVENTS = `
  UPDATE "DeviceEvent" event SET "deviceId" = owner."id"
  FROM "Takeover" takeover
  JOIN "Device" old ON old."deviceKey" = takeover."serialKey"
  JOIN "Device" owner ON owner."deviceKey" = takeover."deviceKey"
  WHERE event."deviceId" = old."id"`;

/** If both rows have facts about an update, the newer row counts. */
const MERGE = `
  WITH old AS (
    DELETE FROM "Device" device USING "Takeover" takeover
    WHERE device."deviceKey" = takeover."serialKey"
    RETURNING device.*, takeover."deviceKey" AS "ownerKey"
  ), newest AS (
    SELECT DISTINCT ON ("ownerKey") *, min("firstSeenAt") OVER (PARTITION BY "ownerKey") AS "since"
    FROM old ORDER BY "ownerKey", "lastSeenAt" DESC
  )
  UPDATE "Device" known SET
    "firstSeenAt" = least(known."firstSeenAt", old."since"),
    "progress" = CASE WHEN old."lastSeenAt" > known."lastSeenAt"
      THEN known."progress" || old."progress" ELSE old."progress" || known."progress" END,
    "previousVersion" = CASE WHEN known."updatedAt" >= old."updatedAt" OR old."updatedAt" IS NULL
      THEN known."previousVersion" ELSE old."previousVersion" END,
    "updatedAt" = greatest(known."updatedAt", old."updatedAt"),
    "userName" = coalesce(known."userName", old."userName")
  FROM newest old WHERE known."deviceKey" = old."ownerKey"`;

/** The rule table also contains the MAC addresses of test devices that are registered by serial number. */
const TELL_RULE_TABLES = `
  SELECT pg_notify('${RULES_CHANNEL}', '') WHERE EXISTS (
    SELECT FROM "StagedCheck" staged
    JOIN "Device" device ON device."deviceKey" = staged."deviceKey" AND device."macAddress" IS NOT NULL
    CROSS JOIN LATERAL (
      SELECT lower(device."serialNumber") AS "serialNumber"
      UNION ALL
      SELECT lower(change ->> 'serialNumber') FROM jsonb_array_elements(device."serialChanges") change
    ) reported
    JOIN "TestDevice" test
      ON test."identifierType" = 'SerialNumber' AND lower(test."identifier") = reported."serialNumber"
  )`;

/** Gives each staged check the key of its row, then writes the checks. Returns whether a row changed its key. */
export async function settleStagedKeys(
  tx: BulkTransaction,
  write: () => Promise<unknown>,
): Promise<boolean> {
  if ((await tx.run(FIND_UNSETTLED)) === 0) {
    await write();
    return false;
  }
  // Several statements in one round trip; each sees the rows that other transactions committed before it started.
  await tx.run([LOCK_TAKEOVERS, ASSIGN_TO_MAC_ADDRESS, TAKEOVER_TABLE].join(";"));
  const hasTakeovers = (await tx.run(COLLECT_TAKEOVERS)) > 0;
  if (hasTakeovers) {
    await tx.run([LOCK_DEVICES, RENAME, MOVE_EVENTS, MERGE].join(";"));
  }
  await write();
  await tx.run(TELL_RULE_TABLES);
  return hasTakeovers;
}
