import "server-only";
import { DIALECTS, RECORDED_TRIGGERS, SIDES } from "#fleet/devices/model";

/** Statements that store the checks in `StagedCheck` after the inventory was updated (see `StagedColumn`). */

/**
 * Beyond this number, checks keep their own content. Only the kinds in the dictionary have verdicts, and phones cannot
 * invent verdicts of a kind: they result from the pools, the rules and the test devices.
 */
export const MAX_VERDICTS = 200_000;

/** The order prevents deadlocks, as for kinds. */
export const STORE_VERDICTS = `
  WITH answer AS MATERIALIZED (
    SELECT *, verdict_digest("kindId", "poolId", "outcome", "offered", "judgements") AS "digest"
    FROM "StagedKind" WHERE "kindId" IS NOT NULL
  ), newcomer AS MATERIALIZED (
    SELECT DISTINCT ON ("digest") * FROM answer
    WHERE NOT EXISTS (SELECT FROM "Verdict" known WHERE known."digest" = answer."digest")
    ORDER BY "digest"
  )
  INSERT INTO "Verdict" ("digest", "kindId", "poolId", "outcome", "offered", "judgements")
  SELECT "digest", "kindId", "poolId", "outcome", "offered", "judgements" FROM newcomer
  ORDER BY "digest"
  LIMIT CASE WHEN EXISTS (SELECT FROM newcomer)
    THEN greatest(0, ${MAX_VERDICTS} - (SELECT count(*) FROM "Verdict")) ELSE 0 END
  ON CONFLICT ("digest") DO NOTHING;
  UPDATE "StagedKind" staged SET "verdictId" = (
    SELECT "id" FROM "Verdict" WHERE "digest" = verdict_digest(
      staged."kindId", staged."poolId", staged."outcome", staged."offered", staged."judgements"
    )
  ) WHERE "kindId" IS NOT NULL`;

/**
 * The same for checks that have not moved yet. First, so that the next statement sees the senders of checks that moved
 * while this one waited for them.
 */
export const MOVE_EARLIER_CHECKS = `
  UPDATE "EarlierCheck" check_ SET "deviceKey" = takeover."deviceKey"
  FROM "Takeover" takeover WHERE check_."deviceKey" = takeover."serialKey"`;

/**
 * The checks of a row of the inventory that another row took over. The content of such a sender no longer matches its
 * digest, so that it gets one that no check has.
 */
export const MOVE_SENDERS = `
  UPDATE "CheckSender" sender
  SET "deviceKey" = takeover."deviceKey", "digest" = uuid_send(gen_random_uuid())
  FROM "Takeover" takeover WHERE sender."deviceKey" = takeover."serialKey"`;

/** The parameters of `check_content`. */
export const CONTENT_COLUMNS = `"poolId", "outcome", "deviceType", "brand", "model", "revision", "locale", "requested", "offered",
  "judgements", "refusal"`;

/** The columns of a sender, in the order of the parameters of `sender_digest`. */
export const SENDER = `"deviceKey", "macAddress", "serialNumber", "address", "userName"`;

/** `side`, `dialect` and `trigger` as numbers, for the columns with these names. */
export const POSITIONS = `${positionIn(SIDES, "side")}, ${positionIn(DIALECTS, "dialect")},
    coalesce(${positionIn(RECORDED_TRIGGERS, "trigger")}, 0)`;

/** Ordered by `place`, because staged rows are not in batch order: PostgreSQL fills gaps of earlier batches first. */
export const INSERT_CHECKS = `
  WITH asked AS MATERIALIZED (
    SELECT *, sender_digest(${SENDER}) AS "digest" FROM "StagedCheck"
  ), sent AS MATERIALIZED (
    SELECT *, (SELECT "id" FROM "CheckSender" known WHERE known."digest" = asked."digest") AS "knownId" FROM asked
  ), added AS (
    INSERT INTO "CheckSender" ("digest", ${SENDER})
    SELECT DISTINCT ON ("digest") "digest", ${SENDER} FROM sent WHERE "knownId" IS NULL ORDER BY "digest"
    -- Returns the id too if another process has just added the same sender.
    ON CONFLICT ("digest") DO UPDATE SET "digest" = excluded."digest"
    RETURNING "id", "digest"
  )
  INSERT INTO "StoredCheck" ("at", "senderId", "verdictId", "side", "dialect", "trigger", "content")
  SELECT "at", coalesce("knownId", added."id"), CASE WHEN "refusal" IS NULL THEN "verdictId" END,
    ${POSITIONS},
    CASE WHEN "refusal" IS NOT NULL OR "verdictId" IS NULL THEN check_content(${CONTENT_COLUMNS}) END
  FROM sent JOIN "StagedKind" USING ("kindNumber") LEFT JOIN added USING ("digest")
  ORDER BY "place"`;

/** The position of a value in a list, counted from 1; null if it is not in it. */
function positionIn(values: readonly string[], column: string): string {
  return `array_position(ARRAY[${values.map((value) => `'${value}'`).join(", ")}], "${column}")`;
}
