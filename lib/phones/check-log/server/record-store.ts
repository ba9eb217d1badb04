import "server-only";
import type { Buffer } from "node:buffer";
import type { CheckDaySize } from "#phones/check-log/check-days";
import { STAGED_COLUMNS, STORED_COLUMNS } from "#phones/check-log/check-row";
import { updateInventory } from "#fleet/devices/server/update-inventory";
import type { BulkTransaction } from "#foundation/platform/db/bulk";
import type { Db } from "#foundation/platform/db/client";

const STAGE_TABLE = `CREATE TEMP TABLE IF NOT EXISTS "StagedCheck"
  ("place" bigint GENERATED ALWAYS AS IDENTITY,
  ${STAGED_COLUMNS.map(({ name, type }) => `"${name}" ${type}`).join(", ")}) ON COMMIT DELETE ROWS`;

const COPY_TO_STAGE = `COPY "StagedCheck"
  (${STAGED_COLUMNS.map(({ name }) => `"${name}"`).join(", ")}) FROM STDIN`;

const MOVE_CHECKS = `
  UPDATE "DeviceCheck" check_ SET "deviceKey" = takeover."deviceKey" FROM "Takeover" takeover
  WHERE check_."deviceKey" = takeover."serialKey"`;

const STORED = STORED_COLUMNS.map((name) => `"${name}"`).join(", ");

/** Ordered by `place`, because staged rows are not in batch order: PostgreSQL fills gaps of earlier batches first. */
const INSERT_CHECKS = `
  INSERT INTO "DeviceCheck" (${STORED}) SELECT ${STORED} FROM "StagedCheck" ORDER BY "place"`;

/** Writes encoded checks, and updates the inventory with the newest check of each phone. */
export async function insertChecks(tx: BulkTransaction, checks: Buffer): Promise<void> {
  await tx.run(STAGE_TABLE);
  await tx.copy(COPY_TO_STAGE, checks);
  if (await updateInventory(tx)) {
    await tx.run(MOVE_CHECKS);
  }
  await tx.run(INSERT_CHECKS);
}

/** Creates missing partitions for the days of a period. */
export async function ensureCheckDays(db: Db, from: Date, to: Date): Promise<void> {
  await db.$executeRaw`SELECT ensure_device_check_days(${toDay(from)}::date, ${toDay(to)}::date)`;
}

/** The storage of the checks of each day, newest day first. */
export async function findCheckDaySizes(db: Db): Promise<readonly CheckDaySize[]> {
  const rows = await db.$queryRaw<{ day: string; sizeBytes: bigint }[]>`
    SELECT to_char(to_date(right(child.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') AS "day",
      pg_total_relation_size(child.oid) AS "sizeBytes"
    FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = '"DeviceCheck"'::regclass AND child.relname ~ '^DeviceCheck_[0-9]{8}$'
    ORDER BY "day" DESC`;
  return rows.map(({ day, sizeBytes }) => ({ day, sizeBytes: Number(sizeBytes) }));
}

/** Drops the checks of all days before the given day. */
export async function deleteChecksBefore(db: Db, firstKeptDay: Date): Promise<void> {
  await db.$executeRaw`SELECT drop_device_check_days_before(${toDay(firstKeptDay)}::date)`;
}

/** A day in UTC, as `YYYY-MM-DD`. */
function toDay(at: Date): string {
  return at.toISOString().slice(0, "YYYY-MM-DD".length);
}
