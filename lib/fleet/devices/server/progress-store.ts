import "server-only";
import { Prisma } from "#generated/client";
import type { FileDownload } from "#fleet/devices/model";
import { toStorableJson } from "#fleet/devices/storable-json";
import type { Db } from "#foundation/platform/db/client";

/** The phones that could have made each download, with the kind of image that it is for each phone. */
const FITTING_DEVICES = Prisma.raw(`
  SELECT
    download."ordinality", download."stage", download."atMs", device."id", kind, release."version",
    CASE download."stage"
      WHEN 'started' THEN coalesce((known."facts" ->> 'startedAt')::bigint > download."atMs", true)
      ELSE coalesce(
        (known."facts" ->> 'lastDownloadedAt')::bigint < download."atMs"
          OR (known."facts" ->> 'downloadedAt')::bigint > download."atMs", true)
    END AS "isNews",
    download."stage" = 'finished'
      AND download."atMs" <= (known."facts" ->> 'otherVersionAt')::bigint
      AND download."atMs" > coalesce(
        (known."facts" ->> 'attemptedAt')::bigint, (known."facts" ->> 'offeredAt')::bigint
      )
      -- A release with several images counts as one attempt.
      AND NOT EXISTS (
        SELECT FROM "ReleaseFile" other
        WHERE other."releaseId" = release."id" AND other."role" = 'image'
          AND other."fileNameKey" < file."fileNameKey"
      ) AS "isAttempt"
  FROM download
  JOIN "ReleaseFile" file ON file."sha256" = download."sha256" AND file."role" = 'image'
  JOIN "Release" release ON release."id" = file."releaseId"
  JOIN "Device" device
    ON device."address" = download."address" AND device."side" = download."side"
    AND device."progress" <> '{}' AND device."retiredAt" IS NULL
    AND (download."hardwareKey" IS NULL OR device."hardwareKey" = download."hardwareKey")
    AND starts_with(release."hardwareKey", device."hardwareKey" || '/')
  -- The key of a release is its hardware key and its update type.
  CROSS JOIN LATERAL substr(release."hardwareKey", length(device."hardwareKey") + 2) kind
  CROSS JOIN LATERAL (SELECT device."progress" -> kind AS "facts") known
  WHERE known."facts" ->> 'version' = release."version"
    AND (download."macAddress" IS NULL OR device."macAddress" = download."macAddress")
    AND (download."accountName" IS NULL OR lower(device."userName") = lower(download."accountName"))
    AND (known."facts" ->> 'offeredAt')::bigint <= download."atMs"
    AND NOT (
      known."facts" ? 'runningAt' AND NOT known."facts" ? 'lostAt'
      AND (known."facts" ->> 'runningAt')::bigint < download."atMs"
    )`);

/**
 * Assigns downloads to the phones that made them. A request for a file does not identify the phone, so it is assigned
 * to the phone whose last check came from the same address with the same credentials, and that was offered this
 * content. If several phones match, it is assigned to none: a guess would show an administrator events that were not
 * observed.
 *
 * The change of a phone is `nextProgress` in SQL.
 */
export async function insertDownloads(db: Db, downloads: string): Promise<void> {
  const batch = `[${downloads.trimEnd().replaceAll("\n", ",")}]`;
  await db.$executeRaw`
    WITH download AS MATERIALIZED (
      SELECT * FROM ROWS FROM (jsonb_to_recordset(${batch}::jsonb) AS (
        "atMs" bigint, "stage" text, "address" text, "side" text, "accountName" text,
        "macAddress" text, "sha256" text, "hardwareKey" text
      )) WITH ORDINALITY
    ), fitting AS MATERIALIZED (${FITTING_DEVICES}
    ), claimed AS MATERIALIZED (
      SELECT "id", kind, "version",
        min("atMs") FILTER (WHERE "stage" = 'started') AS "startedAt",
        min("atMs") FILTER (WHERE "stage" = 'finished') AS "downloadedAt",
        max("atMs") FILTER (WHERE "stage" = 'finished') AS "lastDownloadedAt",
        count(DISTINCT "atMs") FILTER (WHERE "isAttempt") AS "attempts",
        max("atMs") FILTER (WHERE "isAttempt") AS "attemptedAt"
      FROM fitting
      -- A condition instead of a join: the planner expects one row of each part, and would compute the subquery for each.
      WHERE ("isNews" OR "isAttempt") AND ("ordinality" IN (
        SELECT "ordinality" FROM fitting GROUP BY "ordinality" HAVING count(DISTINCT "id") = 1
      )) IS TRUE
      GROUP BY "id", kind, "version"
    ), locked AS MATERIALIZED (
      -- The same lock order as for checks prevents deadlocks.
      SELECT "id" FROM "Device" WHERE "id" IN (SELECT "id" FROM claimed)
      ORDER BY "deviceKey" FOR NO KEY UPDATE
    )
    UPDATE "Device" device
    SET "progress" = device."progress" || coalesce((
      SELECT jsonb_object_agg(kind, (device."progress" -> kind) || jsonb_strip_nulls(jsonb_build_object(
        'startedAt', least((device."progress" -> kind ->> 'startedAt')::bigint, "startedAt"),
        'downloadedAt', least((device."progress" -> kind ->> 'downloadedAt')::bigint, "downloadedAt"),
        'lastDownloadedAt',
          greatest((device."progress" -> kind ->> 'lastDownloadedAt')::bigint, "lastDownloadedAt"),
        'attempts', nullif(
          coalesce((device."progress" -> kind ->> 'attempts')::bigint, 0) + "attempts", 0
        ),
        'attemptedAt',
          greatest((device."progress" -> kind ->> 'attemptedAt')::bigint, "attemptedAt")
      )))
      FROM claimed
      WHERE claimed."id" = device."id" AND device."progress" -> kind ->> 'version' = claimed."version"
    ), '{}')
    FROM locked
    WHERE device."id" = locked."id"`;
}

/** Encodes a download as a line of JSON, the form in which it is buffered. */
export function encodeDownload(download: FileDownload): string {
  return `${toStorableJson(toRow(download))}\n`;
}

function toRow({ at, stage, address, side, sha256, ...asker }: FileDownload) {
  const { accountName, macAddress, hardwareKey } = asker;
  return {
    atMs: at.getTime(),
    stage,
    address,
    side,
    accountName,
    macAddress,
    sha256,
    hardwareKey,
  };
}
