import "server-only";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import { NETWORK, STEP, judgeNewcomers } from "#fleet/devices/server/newcomer-sql";
import type { HourlyLimits } from "#fleet/devices/server/newcomer-sql";

/** Statements that store kinds of phones. They collect the kinds in the temporary table `KindCandidate` first. */

/**
 * The limits for new kinds. A phone beyond them keeps its own content in its row and has no kind, so that phones that
 * invent kinds fill neither the dictionary nor the filters. An organisation has some dozens of kinds.
 */
export const MAX_PHONE_KINDS = 20_000;
export const NEW_KINDS_PER_HOUR: HourlyLimits = {
  internal: { total: 2_000, perAddress: 200 },
  external: { total: 500, perAddress: 20 },
};

/** Ids greater than `after`, up to `last`; UUIDs. */
export type IdRange = { readonly after: string; readonly last: string };

const TEXT_COLUMNS = [
  "deviceType",
  "brand",
  "model",
  "revision",
  "locale",
  "hardwareKey",
  "version",
  "versionType",
] as const;
const CONTENT = [...TEXT_COLUMNS, "installed"].map((name) => `"${name}"`).join(", ");

/** The digest covers every column of the content, so that different spellings are different kinds. */
function digestOf(installed: string): string {
  const values = [...TEXT_COLUMNS.map((name) => `"${name}"`), installed].join(", ");
  return `sha256(convert_to(jsonb_build_array(${values})::text, 'UTF8'))`;
}

/**
 * Held by transactions that refer to rows of the dictionaries of kinds, verdicts and senders, so that these rows are not
 * collected: there is no foreign key that would prevent it.
 */
const KEEP_KINDS = `SELECT pg_advisory_xact_lock_shared(${TRANSACTION_LOCKS.dictionaries})`;

/** `number` is that of the kind in the batch (`kindNumber`); `deviceId` is that of a row of the inventory. */
const CANDIDATE_TABLE = `CREATE TEMP TABLE IF NOT EXISTS "KindCandidate" (
  "number" bigint, "deviceId" uuid, "digest" bytea, "side" text, "network" text, "place" bigint, "installed" jsonb,
  ${TEXT_COLUMNS.map((name) => `"${name}" text`).join(", ")}) ON COMMIT DELETE ROWS`;

/** The kinds of phones, with the first check of each. */
const FIND_KINDS_OF_CHECKS = `
  INSERT INTO "KindCandidate" ("number", "digest", "side", "network", "place", ${CONTENT})
  SELECT "kindNumber", ${digestOf('"requested"')}, "side", ${NETWORK}, "place",
    ${TEXT_COLUMNS.map((name) => `"${name}"`).join(", ")}, "requested"
  FROM "StagedCheck" JOIN "StagedKind" USING ("kindNumber") WHERE "place" IN (
    SELECT min("place") FROM "StagedCheck" WHERE "deviceKey" IS NOT NULL GROUP BY "kindNumber"
  )`;

/** Locks the phones in the same order as for checks, which prevents deadlocks. */
function findKindsOfPhones({ after, last }: IdRange): string {
  return `
  INSERT INTO "KindCandidate" ("deviceId", "digest", "side", "network", "place", ${CONTENT})
  SELECT "id", ${digestOf('"installed"')}, "side", ${NETWORK}, row_number() OVER (ORDER BY "id"), ${CONTENT}
  FROM (
    SELECT * FROM "Device" WHERE "kindId" IS NULL AND "id" > '${after}' AND "id" <= '${last}'
    ORDER BY "deviceKey" FOR UPDATE
  ) phone`;
}

const ASSIGN_KINDS = `
  UPDATE "Device" device SET "kindId" = kind."id"
  FROM "KindCandidate" candidate JOIN "PhoneKind" kind ON kind."digest" = candidate."digest"
  WHERE device."id" = candidate."deviceId"`;

/**
 * Adds the new kinds within the limits. The order prevents deadlocks: a process that adds the same kind waits until the
 * other one has committed. Kinds that are left out are not counted: all processes would wait for that one counter.
 */
const STORE_KINDS = `
  WITH newcomer AS MATERIALIZED (
    SELECT DISTINCT ON ("digest") * FROM "KindCandidate" candidate
    WHERE NOT EXISTS (SELECT FROM "PhoneKind" known WHERE known."digest" = candidate."digest")
    ORDER BY "digest", "place"
  ), ${judgeNewcomers({ from: "newcomer", key: "digest", added: "kind_added", limits: NEW_KINDS_PER_HOUR })},
  counted AS (
    INSERT INTO "ArrivalCount" AS known ("since", "kind", "side", "network", "count")
    SELECT ${STEP}, 'kind_added', "side", "network", count(*)
    FROM judged WHERE NOT "isLeftOut" GROUP BY "side", "network"
    ORDER BY "side", "network"
    ON CONFLICT ("since", "kind", "side", "network") DO UPDATE SET "count" = known."count" + excluded."count"
  )
  INSERT INTO "PhoneKind" ("digest", ${CONTENT})
  SELECT "digest", ${CONTENT} FROM newcomer
  WHERE "digest" IN (SELECT "digest" FROM judged WHERE NOT "isLeftOut")
  ORDER BY "digest"
  LIMIT CASE WHEN EXISTS (SELECT FROM newcomer)
    THEN greatest(0, ${MAX_PHONE_KINDS} - (SELECT count(*) FROM "PhoneKind")) ELSE 0 END
  ON CONFLICT ("digest") DO NOTHING`;

/** A kind that was left out has no id. */
const NOTE_KINDS = `
  UPDATE "StagedKind" staged SET "kindId" = kind."id"
  FROM "KindCandidate" candidate JOIN "PhoneKind" kind ON kind."digest" = candidate."digest"
  WHERE staged."kindNumber" = candidate."number"`;

/** Stores the kinds of the staged checks and sets `StagedKind.kindId`. */
export const STORE_KINDS_OF_CHECKS = [
  KEEP_KINDS,
  CANDIDATE_TABLE,
  FIND_KINDS_OF_CHECKS,
  STORE_KINDS,
  NOTE_KINDS,
].join(";");

/** Gives the phones without a kind in a range of ids their kinds, as far as the limits allow. */
export function assignKindsWithin(range: IdRange): string {
  return [KEEP_KINDS, CANDIDATE_TABLE, findKindsOfPhones(range), STORE_KINDS, ASSIGN_KINDS].join(
    ";",
  );
}
