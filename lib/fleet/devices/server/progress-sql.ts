import "server-only";

/** Parts of the statement that writes checks: they update the progress of the phones. */

/**
 * The checks of phones with more than one check in the batch, in order. Of a run of equal checks only the first and the
 * last are used: the last one overwrites every change of those between them. A check at power-on with an offer may be
 * an attempt, so these are all used, up to the number that suspends the offer.
 */
export const REPEATED_CHECKS = `
  SELECT jsonb_object_agg("deviceKey", "said") AS "checks" FROM (
    SELECT "deviceKey", jsonb_agg(jsonb_build_object(
      'at', "at", 'trigger', "trigger", 'requested', "requested", 'offered', "offered", 'judgements', "judgements"
    ) ORDER BY "place") AS "said"
    FROM (
      SELECT *, "isRepeat" AND lead("isRepeat") OVER phone AND (
          "trigger" <> 'boot' OR "offered" = '[]'
          OR bool_and("isRepeat") OVER (phone ROWS BETWEEN max_install_attempts() PRECEDING AND CURRENT ROW)
        ) AS "isBetween"
      FROM (
        SELECT "deviceKey", "at", "trigger", "kindNumber", "place",
          coalesce(ROW("trigger", "kindNumber") =
            ROW(lag("trigger") OVER phone, lag("kindNumber") OVER phone), false) AS "isRepeat"
        FROM "StagedCheck" WHERE "deviceKey" IN (SELECT "deviceKey" FROM several)
        WINDOW phone AS (PARTITION BY "deviceKey" ORDER BY "place")
      ) compared JOIN "StagedKind" USING ("kindNumber")
      WINDOW phone AS (PARTITION BY "deviceKey" ORDER BY "place")
    ) compared
    WHERE "isBetween" IS NOT TRUE
    GROUP BY "deviceKey"
  ) telling`;

/** The cases of a known phone with one check, computed from the locked row, because two processes may write the same phone. */
const AFTER_ONE_CHECK = `
  -- There is no current update and no offer; or the check repeats the last one and cannot change the progress.
  WHEN excluded."offered" = '[]' AND known."progress" = '{}' THEN known."progress"
  WHEN excluded."offered" = known."offered" AND excluded."installed" = known."installed"
    AND excluded."judgements" = known."judgements" AND known."progress" <> '{}'
    AND (excluded."offered" = '[]' OR (
      excluded."trigger" <> 'boot' AND NOT known."progress" @? '$.*.otherVersion'
    ))
    THEN known."progress"
  ELSE next_device_progress(
    known."progress", excluded."lastSeenAt", excluded."trigger", excluded."installed", excluded."offered",
    excluded."judgements"
  )`;

/** The new progress of a known phone with one check in the batch. */
export const PROGRESS_AFTER_ONE_CHECK = `CASE ${AFTER_ONE_CHECK} END`;

/** The new progress of a known phone. */
export const NEXT_PROGRESS = `CASE
  WHEN (SELECT "checks" FROM repeated) ? known."deviceKey"
    THEN fold_device_progress(known."progress", (SELECT "checks" FROM repeated) -> known."deviceKey")
  ${AFTER_ONE_CHECK}
END`;

/** The progress of a new phone. For a known phone, `NEXT_PROGRESS` replaces it. */
export const FIRST_PROGRESS = `CASE
  WHEN "offered" = '[]' AND (SELECT "checks" FROM repeated) ? "deviceKey" IS NOT TRUE THEN '{}'
  WHEN EXISTS (SELECT FROM "Device" known WHERE known."deviceKey" = latest."deviceKey") THEN '{}'
  WHEN (SELECT "checks" FROM repeated) ? "deviceKey"
    THEN fold_device_progress('{}', (SELECT "checks" FROM repeated) -> "deviceKey")
  ELSE next_device_progress('{}', "at", "trigger", "requested", "offered", "judgements")
END`;
