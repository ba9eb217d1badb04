import "server-only";
import { NETWORK, STEP, judgeNewcomers } from "#fleet/devices/server/newcomer-sql";
import type { HourlyLimits } from "#fleet/devices/server/newcomer-sql";

/** Statements that store kinds of phones. A batch collects its kinds in the temporary table `StagedKind` first. */

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

/** `number` is that of the kind in the batch (`kindNumber`); `deviceId` is that of a row of the inventory. */
const STAGE_TABLE = `CREATE TEMP TABLE IF NOT EXISTS "StagedKind" (
  "number" bigint, "deviceId" uuid, "digest" bytea, "side" text, "network" text, "place" bigint, "installed" jsonb,
  ${TEXT_COLUMNS.map((name) => `"${name}" text`).join(", ")}) ON COMMIT DELETE ROWS`;

/** Each kind once: the checks of phones that report the same have the same number. */
const STAGE_KINDS_OF_CHECKS = `
  INSERT INTO "StagedKind" ("number", "digest", "side", "network", "place", ${CONTENT})
  SELECT "kindNumber", ${digestOf('"requested"')}, "side", ${NETWORK}, "place",
    ${TEXT_COLUMNS.map((name) => `"${name}"`).join(", ")}, "requested"
  FROM "StagedCheck" WHERE "place" IN (
    SELECT min("place") FROM "StagedCheck" WHERE "deviceKey" IS NOT NULL GROUP BY "kindNumber"
  )`;

/** Locks the phones in the same order as for checks, which prevents deadlocks. */
function stageKindsOfPhones({ after, last }: IdRange): string {
  return `
  INSERT INTO "StagedKind" ("deviceId", "digest", "side", "network", "place", ${CONTENT})
  SELECT "id", ${digestOf('"installed"')}, "side", ${NETWORK}, row_number() OVER (ORDER BY "id"), ${CONTENT}
  FROM (
    SELECT * FROM "Device" WHERE "kindId" IS NULL AND "id" > '${after}' AND "id" <= '${last}'
    ORDER BY "deviceKey" FOR UPDATE
  ) phone`;
}

const ASSIGN_KINDS = `
  UPDATE "Device" device SET "kindId" = kind."id"
  FROM "StagedKind" staged JOIN "PhoneKind" kind ON kind."digest" = staged."digest"
  WHERE device."id" = staged."deviceId"`;

/**
 * Adds the new kinds within the limits. The order prevents deadlocks: a process that adds the same kind waits until the
 * other one has committed. Kinds that are left out are not counted: all processes would wait for that one counter.
 */
const STORE_KINDS = `
  WITH newcomer AS MATERIALIZED (
    SELECT DISTINCT ON ("digest") * FROM "StagedKind" staged
    WHERE NOT EXISTS (SELECT FROM "PhoneKind" known WHERE known."digest" = staged."digest")
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

/** Stores the kinds of the checks in `StagedCheck`. */
export const STORE_KINDS_OF_CHECKS = [STAGE_TABLE, STAGE_KINDS_OF_CHECKS, STORE_KINDS].join(";");

/** The ids of the stored kinds of a batch by number; a kind that was left out has none. */
export const STORED_KINDS = `
  SELECT jsonb_object_agg(staged."number", kind."id") AS "ids"
  FROM "StagedKind" staged JOIN "PhoneKind" kind ON kind."digest" = staged."digest"`;

/** The id of the kind of a staged check. A lookup instead of a join: PostgreSQL has no statistics of these tables. */
export const KIND_ID = `((SELECT "ids" FROM kinds) ->> "kindNumber"::text)::int`;

/** Gives the phones without a kind in a range of ids their kinds, as far as the limits allow. */
export function assignKindsWithin(range: IdRange): string {
  return [STAGE_TABLE, stageKindsOfPhones(range), STORE_KINDS, ASSIGN_KINDS].join(";");
}
