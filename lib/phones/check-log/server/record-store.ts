import "server-only";
import { Buffer } from "node:buffer";
import type { CheckDaySize } from "#phones/check-log/check-days";
import { CHECK_STAGE, KIND_STAGE } from "#phones/check-log/check-row";
import {
  INSERT_CHECKS,
  MOVE_EARLIER_CHECKS,
  MOVE_SENDERS,
  STORE_VERDICTS,
} from "#phones/check-log/server/record-sql";
import { updateInventory } from "#fleet/devices/server/update-inventory";
import type { BulkTransaction } from "#foundation/platform/db/bulk";
import type { Db } from "#foundation/platform/db/client";

type StageColumn = { readonly name: string; readonly type: string };

const STAGE_TABLES = `
  CREATE TEMP TABLE IF NOT EXISTS "StagedCheck"
    ("place" bigint GENERATED ALWAYS AS IDENTITY, ${definitionsOf(CHECK_STAGE)}) ON COMMIT DELETE ROWS;
  CREATE TEMP TABLE IF NOT EXISTS "StagedKind"
    (${definitionsOf(KIND_STAGE)}, "kindId" int, "verdictId" int, PRIMARY KEY ("kindNumber")) ON COMMIT DELETE ROWS`;

const COPY_CHECKS = `COPY "StagedCheck" (${namesOf(CHECK_STAGE)}) FROM STDIN`;
const COPY_KINDS = `COPY "StagedKind" (${namesOf(KIND_STAGE)}) FROM STDIN`;

/** Encoded checks (`encodeCheck`) and each of their kinds once. */
export type StagedChecks = { readonly checks: Buffer; readonly kinds: Buffer };

/** Joins encoded checks with the lines of their kinds, of which there is one for each check. */
export function toStagedChecks(checks: Buffer, kindLines: readonly string[]): StagedChecks {
  return { checks, kinds: Buffer.from([...new Set(kindLines)].join("")) };
}

/** Writes encoded checks, and updates the inventory with the newest check of each phone. */
export async function insertChecks(
  tx: BulkTransaction,
  { checks, kinds }: StagedChecks,
): Promise<void> {
  await tx.run(STAGE_TABLES);
  await tx.copy(COPY_KINDS, kinds);
  await tx.copy(COPY_CHECKS, checks);
  const hasTakeovers = await updateInventory(tx);
  await tx.run(
    [
      ...(hasTakeovers ? [MOVE_EARLIER_CHECKS, MOVE_SENDERS] : []),
      STORE_VERDICTS,
      INSERT_CHECKS,
    ].join(";"),
  );
}

/** Creates missing partitions for the days of a period. */
export async function ensureCheckDays(db: Db, from: Date, to: Date): Promise<void> {
  await db.$executeRaw`SELECT ensure_device_check_days(${toDay(from)}::date, ${toDay(to)}::date)`;
}

/** The storage of the checks of each day, newest day first. */
export async function findCheckDaySizes(db: Db): Promise<readonly CheckDaySize[]> {
  const rows = await db.$queryRaw<{ day: string; sizeBytes: bigint }[]>`
    SELECT to_char(to_date(right(child.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') AS "day",
      sum(pg_total_relation_size(child.oid))::bigint AS "sizeBytes"
    FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent IN ('"StoredCheck"'::regclass, '"EarlierCheck"'::regclass)
      AND child.relname ~ '^(StoredCheck|DeviceCheck)_[0-9]{8}$'
    GROUP BY "day" ORDER BY "day" DESC`;
  return rows.map(({ day, sizeBytes }) => ({ day, sizeBytes: Number(sizeBytes) }));
}

/** A row of `CheckSender` with its indexes, as measured with 100,000. */
const SENDER_BYTES = 430;

/**
 * The storage of the senders of all checks, from their number when PostgreSQL last counted them: the size of the table
 * does not shrink when rows are deleted.
 */
export async function estimateSenderBytes(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<[{ rows: number }]>`
    SELECT greatest(reltuples, 0)::float8 AS "rows" FROM pg_class WHERE oid = '"CheckSender"'::regclass`;
  return row.rows * SENDER_BYTES;
}

/** Drops the checks of all days before the given day; returns the number of dropped days. */
export async function deleteChecksBefore(db: Db, firstKeptDay: Date): Promise<number> {
  const [row] = await db.$queryRaw<[{ days: number }]>`
    SELECT drop_device_check_days_before(${toDay(firstKeptDay)}::date) AS "days"`;
  return row.days;
}

/** A day in UTC, as `YYYY-MM-DD`. */
function toDay(at: Date): string {
  return at.toISOString().slice(0, "YYYY-MM-DD".length);
}

function namesOf(columns: readonly StageColumn[]): string {
  return columns.map(({ name }) => `"${name}"`).join(", ");
}

function definitionsOf(columns: readonly StageColumn[]): string {
  return columns.map(({ name, type }) => `"${name}" ${type}`).join(", ");
}
