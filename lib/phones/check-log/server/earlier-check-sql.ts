import "server-only";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import {
  CONTENT_COLUMNS,
  MAX_VERDICTS,
  POSITIONS,
  SENDER,
} from "#phones/check-log/server/record-sql";

/** The key of a check. */
export type CheckKey = { readonly at: Date; readonly id: bigint };

/** Statements that move checks from `EarlierCheck` to `StoredCheck`, by way of the temporary table `MovedCheck`. */

/** Finds a row unless another process does the same at the moment. */
export const FIND_MOVER = `SELECT WHERE pg_try_advisory_xact_lock(hashtext('earlier checks'))`;

/** As for batches of new checks: the rows that the moved checks refer to are not collected. */
export const KEEP_DICTIONARIES = `SELECT pg_advisory_xact_lock_shared(${TRANSACTION_LOCKS.dictionaries})`;

/** The days of the partitions. Older checks are in the default partition, and stay in one. */
export const PREPARE_DAYS = `
  SELECT ensure_device_check_days(min(day), max(day)) FROM (
    SELECT to_date(right(child.relname, 8), 'YYYYMMDD') AS day
    FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = '"EarlierCheck"'::regclass AND child.relname ~ '^DeviceCheck_[0-9]{8}$'
  ) kept HAVING count(*) > 0`;

export const STAGE_TABLE = `
  CREATE TEMP TABLE IF NOT EXISTS "MovedCheck" (
    LIKE "EarlierCheck", "kindId" int, "verdictDigest" bytea, "senderDigest" bytea
  ) ON COMMIT DELETE ROWS`;

const KIND = `"deviceType", "brand", "model", "revision", "locale"`;
const ANSWER = `"kindId", "poolId", "outcome", "offered", "judgements"`;

/** Answered checks whose kind is known get a verdict; all others keep their own content. */
export function stageUpTo({ at, id }: CheckKey): string {
  return `
  WITH moved AS (
    DELETE FROM "EarlierCheck" WHERE "at" <= '${at.toISOString()}' AND ("at", "id") <= ('${at.toISOString()}', ${id})
    RETURNING *
  ), kind AS (
    SELECT min("id") AS "kindId", ${KIND}, "installed" FROM "PhoneKind" GROUP BY ${KIND}, "installed"
  ), known AS (
    SELECT moved.*, kind."kindId" FROM moved LEFT JOIN kind ON moved."refusal" IS NULL AND (
      ${prefixed("kind", KIND)}, kind."installed"
    ) = (
      ${prefixed("moved", KIND)}, moved."requested"
    )
  )
  INSERT INTO "MovedCheck"
  SELECT *, CASE WHEN "kindId" IS NOT NULL THEN verdict_digest(${ANSWER}) END, sender_digest(${SENDER}) FROM known`;
}

/** The order prevents deadlocks, as for the verdicts of new checks. */
export const STORE_MOVED_VERDICTS = `
  WITH newcomer AS MATERIALIZED (
    SELECT DISTINCT ON ("verdictDigest") * FROM "MovedCheck" moved
    WHERE "verdictDigest" IS NOT NULL
      AND NOT EXISTS (SELECT FROM "Verdict" known WHERE known."digest" = moved."verdictDigest")
    ORDER BY "verdictDigest"
  )
  INSERT INTO "Verdict" ("digest", ${ANSWER})
  SELECT "verdictDigest", ${ANSWER} FROM newcomer
  ORDER BY "verdictDigest"
  LIMIT CASE WHEN EXISTS (SELECT FROM newcomer)
    THEN greatest(0, ${MAX_VERDICTS} - (SELECT count(*) FROM "Verdict")) ELSE 0 END
  ON CONFLICT ("digest") DO NOTHING`;

export const STORE_MOVED_SENDERS = `
  INSERT INTO "CheckSender" ("digest", ${SENDER})
  SELECT DISTINCT ON ("senderDigest") "senderDigest", ${SENDER} FROM "MovedCheck" moved
  WHERE NOT EXISTS (SELECT FROM "CheckSender" known WHERE known."digest" = moved."senderDigest")
  ORDER BY "senderDigest"
  ON CONFLICT ("digest") DO NOTHING`;

/**
 * An outer join, so that a check without a sender fails the batch instead of getting lost: a phone that takes over another
 * one at this moment changes the digest of its sender. The next run finds it.
 */
export const INSERT_MOVED = `
  INSERT INTO "StoredCheck" ("id", "at", "senderId", "verdictId", "side", "dialect", "trigger", "content")
  SELECT moved."id", "at", (SELECT "id" FROM "CheckSender" WHERE "digest" = "senderDigest"), verdict."id",
    ${POSITIONS},
    CASE WHEN verdict."id" IS NULL THEN check_content(${prefixed("moved", CONTENT_COLUMNS)}) END
  FROM "MovedCheck" moved LEFT JOIN "Verdict" verdict ON verdict."digest" = "verdictDigest"
  ORDER BY "at", moved."id"`;

/** The same columns, of a table. */
function prefixed(table: string, columns: string): string {
  return columns.replaceAll(/"\w+"/g, (column) => `${table}.${column}`);
}
