import "server-only";
import { Prisma } from "#generated/client";
import { hardwareKey } from "#lib/core/hardware";
import { deviceKey } from "#lib/devices/device-key";
import type { CheckRecord } from "#lib/devices/model";
import { FIRST_PROGRESS, NEXT_PROGRESS, SEVERAL_CHECKS } from "#lib/devices/server/progress-sql";
import { toStorableJson } from "#lib/devices/storable-json";
import type { Db } from "#lib/platform/db/client";

/** A check as JSON that `insertChecks` takes. */
export type EncodedCheck = string;

/** What both tables know of a check. */
const SHARED_COLUMNS = Prisma.raw(
  `"deviceKey", "poolId", "side", "outcome", "address", "macAddress", "serialNumber", "deviceType", "brand", "model",
   "revision", "locale", "userName", "trigger", "offered", "judgements"`,
);

/** What a newer check replaces about a phone. */
const REFRESHED_COLUMNS = Prisma.raw(
  [
    "poolId",
    "side",
    "outcome",
    "address",
    "deviceType",
    "brand",
    "model",
    "revision",
    "locale",
    "hardwareKey",
    "trigger",
    "offered",
    "judgements",
    "installed",
    "version",
    "lastSeenAt",
  ]
    .map((column) => `"${column}" = excluded."${column}"`)
    .join(", "),
);

/**
 * Writes what checks left behind: every check, and what the newest of each phone says about it. One statement, so it is
 * all there or not at all, and a storm of checks costs no more round trips than a single one.
 */
export async function insertChecks(db: Db, checks: readonly EncodedCheck[]): Promise<void> {
  const batch = `[${checks.join(",")}]`;
  await db.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT * FROM ROWS FROM (jsonb_to_recordset(${batch}::jsonb) AS (
        "at" timestamptz, "deviceKey" text, "poolId" uuid, "side" text,
        "dialect" text, "outcome" text, "address" text, "macAddress" text, "serialNumber" text,
        "deviceType" text, "brand" text, "model" text, "revision" text, "locale" text,
        "hardwareKey" text, "userName" text, "trigger" text, "version" text,
        "requested" jsonb, "offered" jsonb, "judgements" jsonb
      )) WITH ORDINALITY
    ), latest AS (
      SELECT DISTINCT ON ("deviceKey") * FROM batch
      WHERE "deviceKey" IS NOT NULL
      ORDER BY "deviceKey", "ordinality" DESC
    ), several AS MATERIALIZED (${SEVERAL_CHECKS}
    ), devices AS (
      INSERT INTO "Device" AS known (
        "id", "hardwareKey", "installed", "version", "firstSeenAt", "lastSeenAt", "progress",
        ${SHARED_COLUMNS}
      )
      SELECT
        gen_random_uuid(), "hardwareKey", "requested", "version", "at", "at", ${FIRST_PROGRESS},
        ${SHARED_COLUMNS}
      FROM latest
      -- Always in one order: two processes that write the same phones would otherwise wait for each other.
      ORDER BY "deviceKey"
      ON CONFLICT ("deviceKey") DO UPDATE SET
        ${REFRESHED_COLUMNS},
        "progress" = ${NEXT_PROGRESS},
        "serialNumber" = coalesce(excluded."serialNumber", known."serialNumber"),
        "userName" = coalesce(excluded."userName", known."userName"),
        "updatedAt" = CASE WHEN excluded."version" <> known."version"
          THEN excluded."lastSeenAt" ELSE known."updatedAt" END,
        "previousVersion" = CASE WHEN excluded."version" <> known."version"
          THEN known."version" ELSE known."previousVersion" END
      -- What was kept back during an outage may be older than what another process wrote since.
      WHERE excluded."lastSeenAt" >= known."lastSeenAt"
    )
    INSERT INTO "DeviceCheck" ("at", "dialect", "requested", ${SHARED_COLUMNS})
    SELECT "at", "dialect", "requested", ${SHARED_COLUMNS} FROM batch ORDER BY "ordinality"`;
}

/** Makes sure that the checks of the days from one moment to another have a partition each. */
export async function ensureCheckDays(db: Db, from: Date, to: Date): Promise<void> {
  await db.$executeRaw`SELECT ensure_device_check_days(${toDay(from)}::date, ${toDay(to)}::date)`;
}

/** Forgets the checks of all days before the given one. */
export async function deleteChecksBefore(db: Db, firstKeptDay: Date): Promise<void> {
  await db.$executeRaw`SELECT drop_device_check_days_before(${toDay(firstKeptDay)}::date)`;
}

/** A day in UTC, as `YYYY-MM-DD`. */
function toDay(at: Date): string {
  return at.toISOString().slice(0, "YYYY-MM-DD".length);
}

/**
 * What a check left behind, as it is written. A storm makes thousands of these wait, and one text each is what the
 * garbage collector finds easiest to keep.
 */
export function encodeCheck(record: CheckRecord): EncodedCheck {
  return toStorableJson(toRow(record));
}

function toRow(record: CheckRecord): Prisma.InputJsonObject {
  const { hardware, requested, offered, judgements } = record;
  const { macAddress, serialNumber } = record;
  return {
    at: record.at.toISOString(),
    deviceKey: deviceKey({ macAddress, serialNumber, brand: hardware.brand }),
    poolId: record.poolId,
    side: record.side,
    dialect: record.dialect,
    outcome: record.outcome,
    address: record.address,
    macAddress,
    serialNumber,
    deviceType: hardware.deviceType,
    brand: hardware.brand,
    model: hardware.model,
    revision: hardware.revision,
    locale: hardware.locale,
    hardwareKey: hardwareKey(hardware),
    userName: record.userName,
    trigger: record.trigger ?? "",
    // An empty version is one that the phone did not say.
    version: requested.find(({ version }) => version !== "")?.version ?? null,
    requested: requested.map(({ updateType, fileName, version, timestamp }) => ({
      updateType,
      fileName,
      version,
      timestamp,
    })),
    offered: offered.map(({ updateType, version, channel }) => ({ updateType, version, channel })),
    judgements: judgements.map(({ ruleId, updateType, verdict, channel, version }) => ({
      ruleId,
      updateType,
      verdict,
      channel,
      version,
    })),
  };
}
