import "server-only";

/** Parts of the statement that writes checks: how it keeps up the progress of the phones that made them. */

/**
 * The checks of the phones that made more than one, in their order. Of a row of equal checks the first and the last are
 * enough: what lies between changes nothing that the last does not change again. Of boots that were offered something
 * each is an attempt, until there are as many as suspend the offer.
 */
export const SEVERAL_CHECKS = `
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
        SELECT "deviceKey", "at", "trigger", "requested", "offered", "judgements", "place",
          coalesce(ROW("trigger", "requested", "offered", "judgements") = ROW(
            lag("trigger") OVER phone, lag("requested") OVER phone, lag("offered") OVER phone,
            lag("judgements") OVER phone
          ), false) AS "isRepeat"
        FROM "StagedCheck"
        WHERE "deviceKey" IN (
          SELECT "deviceKey" FROM "StagedCheck" WHERE "deviceKey" IS NOT NULL
          GROUP BY "deviceKey" HAVING count(*) > 1
        )
        WINDOW phone AS (PARTITION BY "deviceKey" ORDER BY "place")
      ) compared
      WINDOW phone AS (PARTITION BY "deviceKey" ORDER BY "place")
    ) repeated
    WHERE "isBetween" IS NOT TRUE
    GROUP BY "deviceKey"
  ) telling`;

/** What a phone's update has come to, worked out where the row is: two processes may be writing the same phone. */
export const NEXT_PROGRESS = `CASE
  WHEN (SELECT "checks" FROM several) ? known."deviceKey"
    THEN fold_device_progress(known."progress", (SELECT "checks" FROM several) -> known."deviceKey")
  -- Nothing was in hand and nothing is offered; or the phone repeats itself, and nothing could follow from it.
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
  )
END`;

/** Of a phone that nobody knew. For the others the row is there, and what it comes to is worked out there alone. */
export const FIRST_PROGRESS = `CASE
  WHEN EXISTS (SELECT FROM "Device" known WHERE known."deviceKey" = latest."deviceKey") THEN '{}'
  WHEN (SELECT "checks" FROM several) ? "deviceKey"
    THEN fold_device_progress('{}', (SELECT "checks" FROM several) -> "deviceKey")
  WHEN "offered" = '[]' THEN '{}'
  ELSE next_device_progress('{}', "at", "trigger", "requested", "offered", "judgements")
END`;
