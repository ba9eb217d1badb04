import "server-only";
import { Prisma } from "#generated/client";

/** Parts of the statement that writes checks: how it keeps up the progress of the phones that made them. */

/** All checks of the phones that made more than one, in their order; hardly ever any, except after an outage. */
export const SEVERAL_CHECKS = Prisma.raw(`
  SELECT jsonb_object_agg("deviceKey", "said") AS "checks" FROM (
    SELECT "deviceKey", jsonb_agg(to_jsonb(batch) ORDER BY "ordinality") AS "said"
    FROM batch
    WHERE "deviceKey" IN (
      SELECT "deviceKey" FROM batch WHERE "deviceKey" IS NOT NULL
      GROUP BY "deviceKey" HAVING count(*) > 1
    )
    GROUP BY "deviceKey"
  ) repeated`);

/** What a phone's update has come to, worked out where the row is: two processes may be writing the same phone. */
export const NEXT_PROGRESS = Prisma.raw(`CASE
  WHEN (SELECT "checks" FROM several) ? known."deviceKey"
    THEN fold_device_progress(known."progress", (SELECT "checks" FROM several) -> known."deviceKey")
  -- Nothing was in hand and nothing is offered; or the phone repeats itself, and nothing could follow from it.
  WHEN excluded."offered" = '[]' AND known."progress" = '{}' THEN known."progress"
  WHEN excluded."offered" = known."offered" AND excluded."installed" = known."installed"
    AND known."progress" <> '{}' AND (excluded."offered" = '[]' OR excluded."trigger" <> 'boot')
    THEN known."progress"
  ELSE next_device_progress(
    known."progress", excluded."lastSeenAt", excluded."trigger", excluded."installed", excluded."offered"
  )
END`);

/** Of a phone that nobody knew. For the others the row is there, and what it comes to is worked out there alone. */
export const FIRST_PROGRESS = Prisma.raw(`CASE
  WHEN EXISTS (SELECT FROM "Device" known WHERE known."deviceKey" = latest."deviceKey") THEN '{}'
  WHEN (SELECT "checks" FROM several) ? "deviceKey"
    THEN fold_device_progress('{}', (SELECT "checks" FROM several) -> "deviceKey")
  WHEN "offered" = '[]' THEN '{}'
  ELSE next_device_progress('{}', "at", "trigger", "requested", "offered")
END`);
